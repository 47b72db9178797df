namespace TmeSim.Reports.Html;

/// <summary>What the point of a picture looks like, in shape and colour, so that print and every colour vision tell them apart.</summary>
public enum PointMeaning : byte
{
    /// <summary>As claimed: a filled circle.</summary>
    Agrees,

    /// <summary>Not as claimed: a filled diamond.</summary>
    Disagrees,

    /// <summary>It does not tell: an open square.</summary>
    Open,
}

/// <summary>A small picture in a table: an observed value with its interval against a claimed range.</summary>
/// <param name="Value">Observed; NaN for nothing.</param>
/// <param name="Low">Lower end of its interval; NaN for none.</param>
/// <param name="High">Upper end.</param>
/// <param name="ClaimedLow">Lower end of what is claimed; −∞ for none.</param>
/// <param name="ClaimedHigh">Upper end; +∞ for none.</param>
/// <param name="Meaning">What the observation says.</param>
public sealed record IntervalPicture(double Value, double Low, double High, double ClaimedLow, double ClaimedHigh, PointMeaning Meaning)
{
    /// <summary>Further limits, drawn dashed: where a tolerance ends.</summary>
    public IReadOnlyList<double> Limits { get; init; } = [];

    /// <summary>How values are written along the axis.</summary>
    public PictureScale Scale { get; init; }

    /// <summary>Unit behind the axis; empty for a plain number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Lower end of the axis; null to take it from the values.</summary>
    public double? Floor { get; init; }

    /// <summary>Upper end.</summary>
    public double? Ceiling { get; init; }

    /// <summary>The axis is drawn.</summary>
    public bool HasAxis { get; init; } = true;
}

/// <summary>Axis of an <see cref="IntervalPicture"/>.</summary>
public enum PictureScale : byte
{
    /// <summary>Values as they are.</summary>
    Linear,

    /// <summary>Ratios, above 0, on a logarithmic axis.</summary>
    Ratio,

    /// <summary>Natural logarithms of ratios, written as ratios.</summary>
    LogRatio,
}
