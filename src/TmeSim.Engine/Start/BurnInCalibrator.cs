using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Engine.Start;

/// <summary>
/// Finds the multipliers that hold the asked baseline while the nodule grows into its size, and freezes them at t = 0
/// (MODEL.md 7.10). Runs once a day, counted in hours. Set-points steer themselves (<see cref="SteeredSetPoint"/>); division follows the
/// loss that was measured: b = (r + loss) / (ramp · efficiency). With a reference patient (<see cref="ReferencePlan"/>) its multipliers
/// hold from the start, and division brings the nodule to its size only up to t = 0: then it is that of the tumour.
/// </summary>
internal sealed class BurnInCalibrator
{
    private readonly LesionState _lesion;
    private readonly LesionPlan _plan;
    private readonly ProcessSetup _setup;
    private readonly double _burnInHours;
    private readonly double _growthPerHour;
    private readonly int _cellsAtStart;
    private readonly Queue<DaySample> _days = new();
    private readonly SteeredSetPoint[] _steered;
    private long _lossesBefore;
    private long _killsBefore;
    private long _birthsBefore;
    private long _blockedBefore;
    private double _cellHours;

    public BurnInCalibrator(ProcessSetup setup, TissuePlan tissue, double burnInHours)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _plan = setup.Plan;
        _burnInHours = burnInHours;
        _growthPerHour = CountGrowthPerHour(_lesion.Shape, _plan.DoublingTimeHours);
        GrowthPerDay = _growthPerHour * Cadence.Day;
        _cellsAtStart = Seeder.CellsAt(_lesion.Shape, _plan.RadiusUm);
        _steered =
        [
            .. from point in SetPoints.All
               where point.Steering is not null && _plan.Reference is null
               select new SteeredSetPoint(point, point.Steering!, point.Asked(_plan, tissue), setup.Parameters),
        ];
        if (_plan.Reference is { } reference)
        {
            foreach ((Multiplier multiplier, double value) in reference.Multipliers)
            {
                _lesion.Multipliers[multiplier] = value;
            }
        }

        _lesion.Multipliers[Multiplier.DivisionRatePerDay] =
            OwnDivisionRate ?? setup.Parameters.Rate(Parameter.GrowthDivisionRate, TimeUnit.Day);
    }

    // Of this tumour, where a reference patient says what division means; null where growth is asked for.
    private double? OwnDivisionRate => _plan.Reference?.DivisionRatePerDay(_growthPerHour * Cadence.Day);

    /// <summary>
    /// Growth rate of the count of tumour cells [1/d] that division, oxygen and losses of the last days promise from t = 0 on; the asked one
    /// without a reference patient.
    /// </summary>
    public double GrowthPerDay { get; private set; }

    /// <summary>Births per cell and division rate over the last days; NaN before t = 0.</summary>
    public double DivisionCapacity { get; private set; } = double.NaN;

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

        if (OwnDivisionRate is { } own)
        {
            DivisionBalance balance = Balance(_days.Count, 1);
            DivisionCapacity = balance.Capacity;
            GrowthPerDay = own * balance.Capacity - balance.Loss;
            _lesion.Multipliers[Multiplier.DivisionRatePerDay] = own;
            return;
        }

        // CD8 entry is frozen at what holds the asked level, so their kills count as at that level.
        double missed = _steered.Single(s => s.Point == SetPoints.Cd8).Missed();
        DivisionCapacity = Balance(_days.Count, missed).Capacity;
        _lesion.Multipliers[Multiplier.DivisionRatePerDay] = DivisionRate(_days.Count, 0, missed);
        foreach (SteeredSetPoint steered in _steered)
        {
            _lesion.Multipliers[steered.Point.Multiplier] = steered.Settled();
        }
    }

    /// <summary>What it has counted so far; told only, as the fingerprint of a burn-in is that of its tissue.</summary>
    public void Visit(StateVisitor visitor)
    {
        const int MaxDays = 1 << 16;
        (_lossesBefore, _killsBefore) = (visitor.Aside(_lossesBefore), visitor.Aside(_killsBefore));
        (_birthsBefore, _blockedBefore) = (visitor.Aside(_birthsBefore), visitor.Aside(_blockedBefore));
        _cellHours = visitor.Aside(_cellHours);
        DaySample[] days = [.. _days];
        Array.Resize(ref days, visitor.Count(days.Length, MaxDays));
        _days.Clear();
        foreach (DaySample day in days)
        {
            _days.Enqueue(visitor.Aside(day));
        }

        foreach (SteeredSetPoint steered in _steered)
        {
            steered.Visit(visitor, MaxDays);
        }
    }

    private void EndDay(double hoursDone)
    {
        long kills = _lesion.Ledger[Booking.TumorDeathsCd8];
        long losses = _lesion.Ledger[Booking.TumorDeathsNecrosis] + _lesion.Ledger[Booking.TumorDeathsPhagocytosis]
            + _lesion.Ledger[Booking.TumorDeathsMitoticFailure] + _lesion.Ledger[Booking.TumorDeathsNk];
        long births = _lesion.Ledger[Booking.TumorBirths],
            blocked = _lesion.Ledger[Booking.TumorDivisionsBlocked] + _lesion.Ledger[Booking.TumorDeathsMitoticFailure];
        Baseline now = Baseline.Measure(_lesion, _setup.Parameters);
        int window = Math.Max(1, (int)_setup.Parameters.Time(Parameter.BurnInMeasureWindow, TimeUnit.Day));
        _days.Enqueue(new DaySample(
            _cellHours, kills - _killsBefore, losses - _lossesBefore, births - _birthsBefore, blocked - _blockedBefore, MeanRamp()));
        if (_days.Count > window)
        {
            _days.Dequeue();
        }

        (_killsBefore, _lossesBefore, _birthsBefore, _blockedBefore, _cellHours) = (kills, losses, births, blocked, 0);
        double wanted = _cellsAtStart * DetMath.Exp(_growthPerHour * (hoursDone - _burnInHours));
        double behind = DetMath.Log(wanted / Math.Max(1, _lesion.TumorCells));
        double rate = DivisionRate(10, behind / _setup.Parameters.Time(Parameter.BurnInDivisionTime, TimeUnit.Day), 1);
        _lesion.Multipliers[Multiplier.DivisionRatePerDay] = Math.Clamp(rate, 0, 4);
        foreach (SteeredSetPoint steered in _steered)
        {
            steered.EndDay(now, window);
            _lesion.Multipliers[steered.Point.Multiplier] = steered.Steer(now);
        }
    }

    // Over the last days: b = (r + loss + correction) / (ramp · efficiency), all per day.
    private double DivisionRate(int days, double correctionPerDay, double killFactor)
    {
        DivisionBalance balance = Balance(days, killFactor);
        return (_growthPerHour * Cadence.Day + balance.Loss + correctionPerDay) / balance.Capacity;
    }

    // Apoptosis enters by its hazard, the other losses by their counts.
    private DivisionBalance Balance(int days, double killFactor)
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

        double apoptosis = _setup.IsOn(Mechanism.GrowthApoptosis)
            ? _setup.Parameters.Rate(Parameter.GrowthLossRate, TimeUnit.Day) * MeanApoptosis()
            : 0;

        // A few blocked divisions on top of many: start from full efficiency and let the counts move it.
        double efficiency = (births + 20) / (drawn + 20);
        return new(apoptosis + (cellDays > 0 ? losses / cellDays : 0), Math.Max(0.02, ramp / n) * efficiency);
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

    // What cells lose, per day, and births per cell and division rate.
    private readonly record struct DivisionBalance(double Loss, double Capacity);

    private readonly record struct DaySample(double CellHours, long Kills, long Losses, long Births, long Blocked, double Ramp);
}
