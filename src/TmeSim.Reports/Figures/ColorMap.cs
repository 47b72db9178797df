namespace TmeSim.Reports.Figures;

/// <summary>
/// A perceptually uniform colour map: 25 stops at equal distances, mixed linearly between them. The stops of the sequential ones are samples of
/// matplotlib's maps of the same names (van der Walt and Smith 2015; Nuñez, Anderton and Renslow 2018,
/// doi:10.1371/journal.pone.0199239), which are in the public domain (CC0).
/// </summary>
public sealed class ColorMap
{
    private readonly Rgb[] _stops;

    private ColorMap(string name, string stops)
    {
        Name = name;
        _stops = [.. stops.Split(' ').Select(Rgb.Parse)];
    }

    /// <summary>Blue through green to yellow.</summary>
    public static ColorMap Viridis { get; } = new("viridis", "440154 471063 481F70 472D7B 443983 404688 3B528B 365D8D 31688E 2C728E 287C8E 24868E 21918C 1F9A8A 20A486 28AE80 35B779 48C16E 5EC962 75D054 90D743 ADDC30 C8E020 E5E419 FDE725");

    /// <summary>Blue to yellow; looks almost the same to readers with red-green colour blindness.</summary>
    public static ColorMap Cividis { get; } = new("cividis", "00224E 002A5F 003170 1A386F 2A3F6D 38476C 434E6C 4D556C 575D6D 61656F 6A6C71 737475 7D7C78 868379 918B78 9B9476 A59C74 B0A571 BCAE6C C6B667 D2C060 DEC958 E9D34E F6DD3F FEE838");

    /// <summary>Black through purple to a pale yellow.</summary>
    public static ColorMap Magma { get; } = new("magma", "000004 050416 100B2D 1D1147 2C115F 3F0F72 51127C 601880 721F81 832681 932B80 A5317E B73779 C73D73 D8456C E75263 F1605D F8745C FC8961 FD9B6B FEB078 FEC488 FED799 FDEBAC FCFDBF");

    /// <summary>
    /// Dark blue through a pale grey to dark brown, for values on both sides of a neutral one. Made for TmeSim: CIELAB lightness 33–95–33
    /// in equal steps at the hues 264° and 58°, which stay apart with every colour blindness.
    /// </summary>
    public static ColorMap BlueOrange { get; } = new("blue-orange", "00527F 015F92 016CA5 1679B6 3286C4 4B93CF 63A0D9 7BADE0 93BAE6 ABC8EA C2D5ED DAE3EF F1F1F1 F1DED4 F0CDB8 ECBB9E E6AA85 DE9A6E D38A5A C87B47 BA6D38 AB602B 9B5420 8A4818 793E13");

    public string Name { get; }

    /// <summary>Colours at equal distances from the lower to the upper end.</summary>
    public IReadOnlyList<Rgb> Stops => _stops;

    /// <summary>Colour at a fraction of the range; values outside 0–1 take the colour of the end.</summary>
    public Rgb At(double fraction)
    {
        double position = double.IsNaN(fraction) ? 0 : Math.Clamp(fraction, 0, 1) * (_stops.Length - 1);
        int index = Math.Min((int)position, _stops.Length - 2);
        return Rgb.Mix(_stops[index], _stops[index + 1], position - index);
    }
}
