namespace TmeSim.Engine.Patient;

/// <summary>Sum of scaled lesion diameters at the assessment visits, and whether it has progressed (RECIST 1.1, PMC9747269 table 11).</summary>
public sealed class ResponseMonitor
{
    /// <summary>Sum of diameters at t = 0 [mm].</summary>
    public double BaselineMm { get; private set; }

    /// <summary>Smallest sum so far, baseline included [mm].</summary>
    public double NadirMm { get; private set; }

    /// <summary>Time of progression [h]; NaN before.</summary>
    public double ProgressionHours { get; private set; } = double.NaN;

    public bool HasProgressed => !double.IsNaN(ProgressionHours);

    internal void Start(double sumMm)
    {
        BaselineMm = NadirMm = sumMm;
        ProgressionHours = double.NaN;
    }

    /// <summary>Books a visit; true when it finds progression for the first time.</summary>
    internal bool Assess(double hours, double sumMm, double increase, double absoluteMm)
    {
        bool progressed = !HasProgressed && sumMm >= NadirMm * (1 + increase) && sumMm - NadirMm >= absoluteMm;
        if (progressed)
        {
            ProgressionHours = hours;
        }

        NadirMm = Math.Min(NadirMm, sumMm);
        return progressed;
    }

    internal void Transfer(StateTransfer transfer)
    {
        BaselineMm = transfer.Value(BaselineMm);
        NadirMm = transfer.Value(NadirMm);
        ProgressionHours = transfer.Value(ProgressionHours);
    }

    internal void CopyFrom(ResponseMonitor other)
    {
        BaselineMm = other.BaselineMm;
        NadirMm = other.NadirMm;
        ProgressionHours = other.ProgressionHours;
    }
}
