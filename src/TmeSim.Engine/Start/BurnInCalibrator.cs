using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Engine.Start;

/// <summary>
/// Finds the multipliers that hold the asked baseline while the nodule grows into its size, and freezes them at t = 0
/// (MODEL.md 7.10). Runs once a day, counted in hours. Each set-point: F = F0 · exp(g · err), ln F0 relaxes to ln F with
/// time τ, err the relative deviation clamped to ±1; its mean over the last days is frozen. Division follows the loss that was measured:
/// b = (r + loss) / (ramp · efficiency).
/// </summary>
internal sealed class BurnInCalibrator
{
    private const double Cd8Response = 0.7;
    private const int MaturitySlot = 4;
    private const double LeastMaturity = 0.05;
    private const double FewCells = 10;
    private readonly LesionState _lesion;
    private readonly LesionPlan _plan;
    private readonly ProcessSetup _setup;
    private readonly double _burnInHours;
    private readonly double _growthPerHour;
    private readonly int _cellsAtStart;
    private readonly Queue<DaySample> _days = new();
    private readonly double[] _slow = [1, 1, 1, 1, 1];
    private readonly double[] _fast = [1, 1, 1, 1, 1];
    private long _lossesBefore;
    private long _killsBefore;
    private long _birthsBefore;
    private long _blockedBefore;
    private double _cellHours;

    public BurnInCalibrator(ProcessSetup setup, double burnInHours)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _plan = setup.Plan;
        _burnInHours = burnInHours;
        _growthPerHour = CountGrowthPerHour(_lesion.Shape, _plan.DoublingTimeHours);
        _cellsAtStart = Seeder.CellsAt(_lesion.Shape, _plan.RadiusUm);
        _lesion.Multipliers.DivisionRatePerDay = setup.Value(Parameter.GrowthDivisionRate);
    }

    /// <summary>
    /// Growth rate of the cell count that belongs to a volume doubling time: a slice of a growing sphere has N ∝ V^(2/3),
    /// so r = (d/3) ln 2 / T in d dimensions (MODEL.md 4.6).
    /// </summary>
    public static double CountGrowthPerHour(LatticeShape shape, double doublingTimeHours) =>
        Math.Max(1, shape.Dimensions) / 3.0 * DetMath.Log(2.0) / doublingTimeHours;

    /// <summary>Tumour cells to begin the burn-in with, so that the growing nodule has its planned size at t = 0.</summary>
    public int FirstCells()
    {
        double first = _cellsAtStart * DetMath.Exp(-_growthPerHour * _burnInHours);
        int least = Math.Min(_cellsAtStart, Seeder.CellsAt(_lesion.Shape, 5 * _lesion.Shape.SpacingUm));
        return Math.Max(least, (int)Math.Round(first));
    }

    /// <summary>Counts the step that was just done.</summary>
    /// <param name="hoursDone">Hours since the start of the burn-in, this step included.</param>
    public void AfterStep(double hoursDone, double stepHours)
    {
        _cellHours += _lesion.TumorCells * stepHours;
        if (Cadence.Falls(hoursDone, stepHours, Cadence.Day))
        {
            EndDay(hoursDone);
        }
    }

    /// <summary>Freezes the multipliers at t = 0.</summary>
    public void Freeze()
    {
        if (_days.Count == 0)
        {
            return;
        }

        SetPointMultipliers m = _lesion.Multipliers;

        // CD8 entry is frozen at what holds the asked level, so their kills count as at that level.
        m.DivisionRatePerDay = DivisionRate(_days.Count, 0, Missed(0, _plan.Cd8PerMm2));
        m.Cd8Entry = Settled(0, Cd8Response, _plan.Cd8PerMm2);
        m.MonocyteEntry = Settled(1, 1, _plan.MacrophagesPerMm2);
        m.Polarisation = Settled(2, 1, _plan.Cd163Fraction);
        m.Sprouting = Settled(3, 0, _plan.VesselsPerMm2);
        m.VegfOutput = Settled(MaturitySlot, 0, _plan.VesselMaturity);
    }

    // What the window says the multiplier must be: its geometric mean there, moved by what the mean level missed the asked one.
    // Averaging matters: the last value alone follows the chance of some tens of cells. The exponent is the inverse of how
    // strongly the level answers the multiplier (CD8 feed back on their own entry through IFN-γ); 0 for slow states, whose
    // level in the window is not yet the answer to the multiplier.
    private double Settled(int slot, double exponent, double asked)
    {
        if (asked <= 0 && slot != MaturitySlot)
        {
            return 0;
        }

        double logs = 0;
        int n = 0;
        foreach (DaySample day in _days)
        {
            if (double.IsFinite(day.Levels[slot]))
            {
                logs += DetMath.Log(Math.Max(day.Multipliers[slot], 1e-6));
                n++;
            }
        }

        return n == 0 ? _slow[slot] : DetMath.Exp(logs / n) * DetMath.Pow(Missed(slot, asked), exponent);
    }

    // Asked level over the mean one of the window, within a factor of 2; 1 when nothing was measured.
    private double Missed(int slot, double asked)
    {
        double levels = 0;
        int n = 0;
        foreach (DaySample day in _days)
        {
            if (double.IsFinite(day.Levels[slot]))
            {
                levels += day.Levels[slot];
                n++;
            }
        }

        return levels > 0 ? Math.Clamp(asked / (levels / n), 0.5, 2) : 1;
    }

    private void EndDay(double hoursDone)
    {
        long kills = _lesion.Ledger[Booking.TumorDeathsCd8];
        long losses = _lesion.Ledger[Booking.TumorDeathsNecrosis] + _lesion.Ledger[Booking.TumorDeathsPhagocytosis]
            + _lesion.Ledger[Booking.TumorDeathsMitoticFailure] + _lesion.Ledger[Booking.TumorDeathsNk];
        long births = _lesion.Ledger[Booking.TumorBirths], blocked = _lesion.Ledger[Booking.TumorDivisionsBlocked] + _lesion.Ledger[Booking.TumorDeathsMitoticFailure];
        Baseline now = Baseline.Measure(_lesion, _setup.Parameters);
        double[] levels = [now.Cd8PerMm2, now.MacrophagesPerMm2, now.Cd163Fraction, now.VesselsPerMm2, now.VesselMaturity];
        _days.Enqueue(new DaySample(
            _cellHours, kills - _killsBefore, losses - _lossesBefore, births - _birthsBefore, blocked - _blockedBefore, MeanRamp(), (double[])_fast.Clone(), levels));
        if (_days.Count > Math.Max(1, (int)_setup.Value(Parameter.BurnInLastDays)))
        {
            _days.Dequeue();
        }

        (_killsBefore, _lossesBefore, _birthsBefore, _blockedBefore, _cellHours) = (kills, losses, births, blocked, 0);
        double wanted = _cellsAtStart * DetMath.Exp(_growthPerHour * (hoursDone - _burnInHours));
        double behind = DetMath.Log(wanted / Math.Max(1, _lesion.TumorCells));
        double rate = DivisionRate(10, behind / _setup.Value(Parameter.BurnInDivisionTime), 1);
        _lesion.Multipliers.DivisionRatePerDay = Math.Clamp(rate, 0, 4);
        SteerSetPoints(now);
    }

    // Over the last days: b = (r + loss + correction) / (ramp · efficiency), all per day. Apoptosis enters by its hazard, the
    // other losses by their counts.
    private double DivisionRate(int days, double correctionPerDay, double killFactor)
    {
        double cellDays = 0, losses = 0, births = 0, drawn = 0, ramp = 0;
        int n = 0, skip = Math.Max(0, _days.Count - days);
        foreach (DaySample day in _days)
        {
            if (skip-- > 0)
            {
                continue;
            }

            n++;
            cellDays += day.CellHours / Cadence.Day;
            losses += day.Kills * killFactor + day.Losses;
            births += day.Births;
            drawn += day.Births + day.Blocked;
            ramp += day.Ramp;
        }

        double apoptosis = _setup.IsOn(Mechanism.GrowthApoptosis) ? _setup.Value(Parameter.GrowthLossRate) * MeanApoptosis() : 0;
        double loss = apoptosis + (cellDays > 0 ? losses / cellDays : 0);

        // A few blocked divisions on top of many: start from full efficiency and let the counts move it.
        double efficiency = (births + 20) / (drawn + 20);
        return (_growthPerHour * Cadence.Day + loss + correctionPerDay) / (Math.Max(0.02, ramp / n) * efficiency);
    }

    private double MeanApoptosis()
    {
        double sum = 0;
        for (int i = 0; i < _lesion.Clones.Count; i++)
        {
            sum += (double)_lesion.Clones.Cells(i) * _setup.Effects.Apoptosis[i];
        }

        return _lesion.TumorCells == 0 ? 1 : sum / _lesion.TumorCells;
    }

    private void SteerSetPoints(Baseline reached)
    {
        SetPointMultipliers m = _lesion.Multipliers;
        m.Cd8Entry = Steer(0, Parameter.BurnInCd8Gain, Parameter.BurnInCd8Time, reached.Cd8PerMm2, _plan.Cd8PerMm2);
        m.MonocyteEntry = Steer(1, Parameter.BurnInMacrophageGain, Parameter.BurnInMacrophageTime, reached.MacrophagesPerMm2, _plan.MacrophagesPerMm2);
        m.Polarisation = _plan.Cd163Fraction <= 0
            ? 0
            : Steer(2, Parameter.BurnInCd163Gain, Parameter.BurnInCd163Time, (_plan.Cd163Fraction - reached.Cd163Fraction) / _plan.Cd163Fraction);
        m.Sprouting = Steer(3, Parameter.BurnInVesselGain, Parameter.BurnInVesselTime, reached.VesselsPerMm2, _plan.VesselsPerMm2);

        // More VEGF means less pericyte cover: the deviation acts the other way round.
        double immature = (reached.VesselMaturity - _plan.VesselMaturity) / Math.Max(_plan.VesselMaturity, LeastMaturity);
        m.VegfOutput = Steer(MaturitySlot, Parameter.BurnInVesselGain, Parameter.BurnInVesselTime, immature);
    }

    private double Steer(int slot, Parameter gain, Parameter time, double reached, double asked) =>
        asked <= 0 ? _slow[slot] = _fast[slot] = 0 : Steer(slot, gain, time, (asked - reached) / asked * Weight(asked));

    // How far the deviation of a count can be trusted: a handful of cells come and go by chance, and a multiplier that chases
    // them ends far from what holds their mean.
    private double Weight(double askedPerMm2)
    {
        double cells = askedPerMm2 * _lesion.TumorBedSites * _lesion.Shape.SiteAreaMm2;
        return cells / (cells + FewCells);
    }

    private double Steer(int slot, Parameter gain, Parameter time, double missing)
    {
        if (!double.IsFinite(missing))
        {
            return _fast[slot];
        }

        // The slow part moves in its logarithm: in plain numbers chance would push it up, as exp is convex.
        double move = _setup.Value(gain) * Math.Clamp(missing, -1, 1);
        double fast = _slow[slot] * DetMath.Exp(move);
        _slow[slot] = Math.Clamp(_slow[slot] * DetMath.Exp(move / _setup.Value(time)), 1e-4, 1e4);
        return _fast[slot] = fast;
    }

    private double MeanRamp()
    {
        var rates = new TumorRates(_setup, 1);
        _setup.Effects.Follow();
        LatticeShape shape = _lesion.Shape;
        double sum = 0;
        int cells = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int site = shape.RowStart(row), end = site + shape.Nx; site < end; site++)
            {
                if (_lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
                {
                    sum += rates.Ramp(_lesion.Field(FieldId.Oxygen)[site]) * _setup.Effects.CycleAt(_lesion, site, default);
                    cells++;
                }
            }
        }

        return cells == 0 ? 1 : sum / cells;
    }

    private readonly record struct DaySample(double CellHours, long Kills, long Losses, long Births, long Blocked, double Ramp, double[] Multipliers, double[] Levels);
}
