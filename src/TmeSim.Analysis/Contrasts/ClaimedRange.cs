namespace TmeSim.Analysis.Contrasts;

/// <summary>What came of a claim.</summary>
public enum Verdict : byte
{
    /// <summary>What was claimed is there.</summary>
    Reproduced,

    /// <summary>It is not there.</summary>
    Contradicted,

    /// <summary>These observations do not tell.</summary>
    Undecided,
}

/// <summary>
/// Where a value is claimed to lie, with a tolerance: how far it may lie from there before that matters.
/// </summary>
/// <remarks>
/// A range with two ends is reproduced where the interval of the observation lies within the range widened by the tolerance, and
/// contradicted where it lies outside of that. A direction, a range with one end, is reproduced where the interval lies on the claimed
/// side of that end, and contradicted where it leaves no effect of the size of the tolerance on that side. So with an interval of 95 % a
/// value that is as claimed (for a direction: by the tolerance or more) is called contradicted in at most 5 % of cases, and one that is off by
/// twice the tolerance (for a direction: on the other side of the end) is called reproduced in at most 5 %.
/// </remarks>
/// <param name="Low">Lower end; −∞ for none.</param>
/// <param name="High">Upper end; +∞ for none; above <paramref name="Low"/>.</param>
/// <param name="Tolerance">In the unit of the value, 0 or more.</param>
public readonly record struct ClaimedRange(double Low, double High, double Tolerance)
{
    /// <summary>Only one end is claimed.</summary>
    public bool IsDirection => double.IsInfinity(Low) || double.IsInfinity(High);

    /// <summary>Judges an observation; undecided where it has no interval.</summary>
    public Verdict Of(Estimate observed)
    {
        if (double.IsNaN(observed.Low) || double.IsNaN(observed.High))
        {
            return Verdict.Undecided;
        }

        double inner = IsDirection ? 0 : Tolerance, outer = IsDirection ? -Tolerance : Tolerance;
        return observed.Low > Low - inner && observed.High < High + inner ? Verdict.Reproduced
            : observed.High <= Low - outer || observed.Low >= High + outer ? Verdict.Contradicted
            : Verdict.Undecided;
    }
}
