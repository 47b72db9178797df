using System.Globalization;
using System.Reflection;

namespace TmeSim.Reports.Writers;

/// <summary>The picture of a letter: how much of each pixel it covers.</summary>
/// <param name="Advance">Way of the pen [1/64 px].</param>
/// <param name="Left">From the pen to the first column [px].</param>
/// <param name="Top">From the base line down to the first row [px], mostly negative.</param>
/// <param name="Width">Columns.</param>
/// <param name="Coverage">0 to 15, row by row.</param>
internal sealed record Glyph(int Advance, int Left, int Top, int Width, byte[] Coverage);

/// <summary>
/// Letters of one size as pictures, so that text on a raster needs no font and no native code. <c>Resources/glyphs.html</c> makes the data
/// (from Liberation Sans 2, SIL OFL 1.1) and describes its form.
/// </summary>
internal sealed class RasterFont
{
    /// <summary>Strongest coverage.</summary>
    public const int Full = 15;

    private static readonly Lazy<RasterFont[]> All = new(() => [.. Parse(Resource("glyphs.txt"))]);
    private readonly Dictionary<int, Glyph> _glyphs = [];
    private readonly Glyph _unknown;

    private RasterFont(string name, int size, int ascent, int descent)
    {
        (Name, Size, Ascent, Descent) = (name, size, ascent, descent);

        // A letter that is not there is seen as a box.
        int width = (size / 2) + 1, height = ascent - 3;
        byte[] box = [.. Enumerable.Range(0, width * height).Select(i => (byte)(i % width == 0 || i % width == width - 1 || i < width || i >= width * (height - 1) ? Full : 0))];
        _unknown = new Glyph((width + 2) * 64, 1, -height, width, box);
    }

    /// <summary>13 px.</summary>
    public static RasterFont Regular => All.Value.Single(f => f.Name == "regular");

    /// <summary>15 px, bold.</summary>
    public static RasterFont Bold => All.Value.Single(f => f.Name == "bold");

    public string Name { get; }

    /// <summary>Size [px].</summary>
    public int Size { get; }

    /// <summary>Height above the base line [px].</summary>
    public int Ascent { get; }

    /// <summary>Depth below the base line [px].</summary>
    public int Descent { get; }

    /// <summary>Code points that have a picture.</summary>
    public IEnumerable<int> Codes => _glyphs.Keys;

    /// <summary>Picture of a code point; a box when there is none.</summary>
    public Glyph Find(int code) => _glyphs.GetValueOrDefault(code, _unknown);

    private static IEnumerable<RasterFont> Parse(string text)
    {
        RasterFont? font = null;
        foreach (string[] words in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').Select(l => l.Split(' ')))
        {
            if (words[0] == "face")
            {
                if (font is not null)
                {
                    yield return font;
                }

                font = new RasterFont(words[1], Number(words[2]), Number(words[3]), Number(words[4]));
                continue;
            }

            byte[] coverage = words.Length > 5 ? [.. words[5].Select(c => (byte)Convert.ToInt32(c.ToString(), 16))] : [];
            font!._glyphs.Add(int.Parse(words[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), new Glyph(Number(words[1]), Number(words[2]), Number(words[3]), Number(words[4]), coverage));
        }

        yield return font!;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the resource {name} is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
