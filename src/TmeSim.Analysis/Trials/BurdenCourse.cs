using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Trials;

/// <summary>One lesion over time, as a simulation recorded it.</summary>
/// <param name="DiameterMm">Diameter at the baseline [mm], above 0.</param>
/// <param name="Living">Living tumour cells at each time; NaN after the simulation ended early.</param>
/// <param name="Dead">Dying cells and debris at each time.</param>
public sealed record LesionCourse(double DiameterMm, IReadOnlyList<double> Living, IReadOnlyList<double> Dead);

/// <summary>
/// Diameters of a patient's lesions at any time: powers of cell counts, linear between recorded times. A simulation that a wall ended goes
/// on with the growth of its last four weeks.
/// </summary>
public sealed class BurdenCourse
{
    /// <summary>Shortest record before a wall that growth can be read from [d].</summary>
    public const double LeastRecordDays = 14;

    private const double GrowthWindowDays = 28, MonthDays = 30.4375, Log2 = 0.69314718055994530942;
    private readonly IReadOnlyList<double> _days;
    private readonly double[][] _living;
    private readonly double[][] _whole;

    /// <param name="days">Ascending times [d], the first 0.</param>
    /// <param name="lesions">Lesions, at least one, each with a count at every time.</param>
    /// <param name="dimensions">2 or 3: a diameter goes with the count to the power of 1/dimensions.</param>
    /// <exception cref="ArgumentException">Times do not ascend from 0, a lesion has another number of counts, or no living cell at the
    /// baseline, or its record ends before <see cref="LeastRecordDays"/> and the last time.</exception>
    public BurdenCourse(IReadOnlyList<double> days, IReadOnlyList<LesionCourse> lesions, int dimensions)
    {
        if (days.Count < 2 || days[0] != 0 || lesions.Count == 0)
        {
            throw new ArgumentException("a course needs at least two times, the first 0, and a lesion", nameof(days));
        }

        for (int i = 1; i < days.Count; i++)
        {
            if (!(days[i] > days[i - 1]))
            {
                throw new ArgumentException($"times must ascend, but {days[i]} d follows {days[i - 1]} d", nameof(days));
            }
        }

        _days = days;
        _living = new double[lesions.Count][];
        _whole = new double[lesions.Count][];
        for (int l = 0; l < lesions.Count; l++)
        {
            LesionCourse lesion = lesions[l];
            if (lesion.Living.Count != days.Count || lesion.Dead.Count != days.Count || !(lesion.Living[0] > 0) || !(lesion.DiameterMm > 0))
            {
                throw new ArgumentException($"lesion {l} needs a count at each of {days.Count} times, living cells and a diameter at the baseline", nameof(lesions));
            }

            double until = WallDay(days, lesion);
            if (until < LeastRecordDays)
            {
                throw new ArgumentException($"lesion {l} has a record of {until} d, too short to read a growth from", nameof(lesions));
            }

            SimulatedUntilDay = Math.Min(SimulatedUntilDay, until);
            _living[l] = Diameters(lesion, lesion.Living, lesion.Living[0], dimensions);
            double[] all = [.. lesion.Living.Select((n, i) => n + lesion.Dead[i])];
            _whole[l] = Diameters(lesion, all, all[0], dimensions);
        }
    }

    /// <summary>Number of lesions.</summary>
    public int Lesions => _living.Length;

    /// <summary>Last recorded time of the lesion that came to a wall first [d]; +∞ where none did.</summary>
    public double SimulatedUntilDay { get; } = double.PositiveInfinity;

    /// <summary>Last time [d].</summary>
    public double LastDay => _days[^1];

    /// <summary>Last day of the record of a lesion that a wall ended [d]; +∞ for one that none did.</summary>
    public static double WallDay(IReadOnlyList<double> days, LesionCourse lesion) => Enumerable.Range(1, days.Count - 1)
        .Where(i => double.IsNaN(lesion.Living[i])).Select(i => days[i - 1]).FirstOrDefault(double.PositiveInfinity);

    /// <summary>Diameter of a lesion [mm].</summary>
    public double DiameterMm(int lesion, double day, ResponseCriteria criteria) =>
        At((criteria == ResponseCriteria.Mrecist ? _living : _whole)[lesion], day);

    /// <summary>Sum of the diameters of the living parts [mm].</summary>
    public double LivingMm(double day)
    {
        double sum = 0;
        foreach (double[] lesion in _living)
        {
            sum += At(lesion, day);
        }

        return sum;
    }

    /// <summary>Growth of the living volume over the last four weeks [doublings per month]; of the first four weeks before their end. Falls
    /// below 0 where it shrinks.</summary>
    public double DoublingsPerMonth(double day)
    {
        double to = Math.Max(day, Math.Min(GrowthWindowDays, LastDay)), from = Math.Max(0, to - GrowthWindowDays);
        double before = Volume(from), now = Volume(to);
        return before <= 0 || now <= 0 ? (now < before ? double.NegativeInfinity : 0)
            : DetMath.Log(now / before) / Log2 / (to - from) * MonthDays;
    }

    private double Volume(double day)
    {
        double sum = 0;
        foreach (double[] lesion in _living)
        {
            double d = At(lesion, day);
            sum += d * d * d;
        }

        return sum;
    }

    private double[] Diameters(LesionCourse lesion, IReadOnlyList<double> counts, double first, int dimensions)
    {
        double Of(double count) => lesion.DiameterMm * (dimensions == 3 ? DetMath.Pow(count / first, 1.0 / 3) : Math.Sqrt(count / first));
        double[] diameters = [.. counts.Select(Of)];
        int end = Array.FindIndex(diameters, double.IsNaN);
        if (end < 0)
        {
            return diameters;
        }

        // The simulation ended because the tumour had grown to the wall: it goes on as it did, and never shrinks.
        int last = end - 1, from = last;
        while (from > 0 && _days[last] - _days[from] < GrowthWindowDays)
        {
            from--;
        }

        double rate = from < last && diameters[from] > 0 ? Math.Max(0,
            DetMath.Log(diameters[last] / diameters[from]) / (_days[last] - _days[from])) : 0;
        for (int i = end; i < diameters.Length; i++)
        {
            diameters[i] = diameters[last] * DetMath.Exp(rate * (_days[i] - _days[last]));
        }

        return diameters;
    }

    private double At(double[] values, double day)
    {
        if (day >= LastDay)
        {
            return values[^1];
        }

        int i = 1;
        while (_days[i] < day)
        {
            i++;
        }

        double share = (day - _days[i - 1]) / (_days[i] - _days[i - 1]);
        return values[i - 1] + (share * (values[i] - values[i - 1]));
    }
}
