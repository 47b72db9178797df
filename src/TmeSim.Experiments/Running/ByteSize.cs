using System.Globalization;

namespace TmeSim.Experiments.Running;

/// <summary>Amounts of memory as text.</summary>
public static class ByteSize
{
    private static readonly (string Name, double Bytes)[] Units =
    [
        ("TiB", 1024.0 * 1024 * 1024 * 1024), ("GiB", 1024.0 * 1024 * 1024), ("MiB", 1024.0 * 1024), ("KiB", 1024),
        ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("B", 1),
    ];

    /// <summary>Three digits and a decimal unit: 10.5 GB.</summary>
    public static string Format(long bytes)
    {
        (string name, double size) = Units.Where(u => u.Name.Length <= 2).FirstOrDefault(u => bytes >= u.Bytes, ("B", 1));
        double value = bytes / size;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Math.Round(value, value >= 100 || name == "B" ? 0 : value >= 10 ? 1 : 2)} {name}");
    }

    /// <summary>Reads "10GB", "512 MB" or "8GiB"; null when the text is no positive amount with a unit.</summary>
    public static long? Parse(string text)
    {
        string trimmed = text.Trim();
        foreach ((string name, double size) in Units)
        {
            if (trimmed.EndsWith(name, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(trimmed[..^name.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                    out double value))
            {
                double bytes = value * size;
                return bytes is >= 1 and < 9e18 ? (long)bytes : null;
            }
        }

        return null;
    }
}
