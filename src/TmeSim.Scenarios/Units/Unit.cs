using System.Diagnostics.CodeAnalysis;

namespace TmeSim.Scenarios.Units;

/// <summary>
/// A unit such as <c>um2/s</c>. Its size is <see cref="Numerator"/>/<see cref="Denominator"/> base units, both products of
/// whole numbers, so that a conversion between two units rounds once.
/// </summary>
internal sealed record Unit(string Text, Dimension Dimension, double Numerator, double Denominator)
{
    private const double Hour = 3600;
    private const double Day = 24 * Hour;

    /// <summary>Days of a month, a twelfth of 365.25 d.</summary>
    public const double DaysPerMonth = 30.4375;

    private static readonly Dimension Length = new(Length: 1);
    private static readonly Dimension Time = new(Time: 1);
    private static readonly Dimension Mass = new(Mass: 1);
    private static readonly Dimension Volume = new(Volume: 1);
    private static readonly Dimension Concentration = new(Concentration: 1);
    private static readonly Dimension MolarMass = new(MolarMass: 1);
    private static readonly Dimension Data = new(Data: 1);

    private static readonly Dictionary<string, (Dimension Dimension, double Numerator, double Denominator)> Atoms =
        new(StringComparer.Ordinal)
    {
        ["1"] = (default, 1, 1),
        ["%"] = (default, 1, 100),
        ["nm"] = (Length, 1, 1),
        ["um"] = (Length, 1e3, 1),
        ["mm"] = (Length, 1e6, 1),
        ["cm"] = (Length, 1e7, 1),
        ["m"] = (Length, 1e9, 1),
        ["s"] = (Time, 1, 1),
        ["sec"] = (Time, 1, 1),
        ["min"] = (Time, 60, 1),
        ["h"] = (Time, Hour, 1),
        ["hour"] = (Time, Hour, 1),
        ["hours"] = (Time, Hour, 1),
        ["d"] = (Time, Day, 1),
        ["day"] = (Time, Day, 1),
        ["days"] = (Time, Day, 1),
        ["w"] = (Time, 7 * Day, 1),
        ["week"] = (Time, 7 * Day, 1),
        ["weeks"] = (Time, 7 * Day, 1),
        ["month"] = (Time, DaysPerMonth * Day, 1),
        ["months"] = (Time, DaysPerMonth * Day, 1),
        ["year"] = (Time, 365.25 * Day, 1),
        ["years"] = (Time, 365.25 * Day, 1),
        ["ng"] = (Mass, 1, 1),
        ["ug"] = (Mass, 1e3, 1),
        ["mg"] = (Mass, 1e6, 1),
        ["g"] = (Mass, 1e9, 1),
        ["kg"] = (new Dimension(BodyMass: 1), 1, 1),
        ["uL"] = (Volume, 1, 1),
        ["mL"] = (Volume, 1e3, 1),
        ["L"] = (Volume, 1e6, 1),
        ["mmHg"] = (new Dimension(Pressure: 1), 1, 1),
        ["pM"] = (Concentration, 1, 1),
        ["nM"] = (Concentration, 1e3, 1),
        ["uM"] = (Concentration, 1e6, 1),
        ["Da"] = (MolarMass, 1, 1),
        ["kDa"] = (MolarMass, 1e3, 1),
        ["Gy"] = (new Dimension(Dose: 1), 1, 1),
        ["B"] = (Data, 1, 1),
        ["kB"] = (Data, 1e3, 1),
        ["MB"] = (Data, 1e6, 1),
        ["GB"] = (Data, 1e9, 1),
        ["TB"] = (Data, 1e12, 1),
    };

    /// <summary>Names of the units that stand alone and have this dimension, shortest forms only.</summary>
    public static IReadOnlyList<string> NamesOf(Dimension dimension) =>
        [.. Atoms.Where(a => a.Value.Dimension == dimension
            && a.Key is not ("1" or "sec" or "hour" or "hours" or "day" or "days" or "w" or "week" or "month" or "year"))
            .Select(a => a.Key)];

    /// <summary>All names that a unit can be made of.</summary>
    public static IReadOnlyCollection<string> Names => Atoms.Keys;

    /// <summary>A unit that the program itself names.</summary>
    /// <exception cref="ArgumentException">Not a unit.</exception>
    public static Unit Of(string text) =>
        TryParse(text, out Unit? unit, out string? unknown) ? unit : throw new ArgumentException($"'{unknown}' is no unit", nameof(text));

    /// <summary>
    /// Reads <c>mg/kg</c>, <c>/mm2</c>, <c>um^2/s</c>, <c>µm²</c>. Everything after the first slash is divided by, as is each further
    /// factor after a slash.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Unit? unit, out string? unknown)
    {
        string plain = text.Trim().Replace('µ', 'u').Replace('μ', 'u').Replace("²", "2", StringComparison.Ordinal)
            .Replace("³", "3", StringComparison.Ordinal);
        Dimension dimension = default;
        double numerator = 1;
        double denominator = 1;
        unit = null;
        unknown = null;
        string[] factors = plain.Split('/');
        for (int i = 0; i < factors.Length; i++)
        {
            string factor = factors[i].Trim();
            if (i == 0 && factor.Length == 0 && factors.Length > 1)
            {
                continue;
            }

            if (factors.Length > 4 || !Atom(factor, out string name, out int power) || !Atoms.TryGetValue(name, out var atom))
            {
                unknown = factor;
                return false;
            }

            (double n, double d) = (Power(atom.Numerator, power), Power(atom.Denominator, power));
            dimension *= atom.Dimension.Power(i == 0 ? power : -power);
            (numerator, denominator) = i == 0 ? (numerator * n, denominator * d) : (numerator * d, denominator * n);
        }

        unit = new Unit(text.Trim(), dimension, numerator, denominator);
        return true;
    }

    /// <summary>A value of this unit in another one of the same dimension.</summary>
    public double Convert(double value, Unit to)
    {
        double up = Numerator * to.Denominator;
        double down = Denominator * to.Numerator;
        return up >= down ? value * (up / down) : value / (down / up);
    }

    // By products, not Math.Pow, so that the same bits come out on every system.
    private static double Power(double x, int n) => n == 1 ? x : x * Power(x, n - 1);

    private static bool Atom(string factor, out string name, out int power)
    {
        power = 1;
        name = factor;
        if (factor.Length > 1 && factor[^1] is '2' or '3')
        {
            power = factor[^1] - '0';
            name = factor[..^1].TrimEnd('^');
        }

        return name.Length > 0;
    }
}
