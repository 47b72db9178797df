using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Figures;

public class PaletteTests
{
    // Machado, Oliveira and Fernandes 2009 (doi:10.1109/TVCG.2009.113), severity 1.0, on linear RGB: normal, protan, deutan.
    private static readonly double[][] Vision =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
    ];

    [Fact]
    public void Arms_TwelveLooks_DifferInColourAndDash()
    {
        Assert.Equal(12, ArmPalette.Count);
        Stroke[] lines = [.. Enumerable.Range(0, 12).Select(i => ArmPalette.Line(i))];
        Assert.Equal(12, lines.Select(line => line.Color).Distinct().Count());
        Assert.Equal(12, lines.Select(line => string.Join(' ', line.Dash ?? [])).Distinct().Count());
    }

    [Fact]
    public void Arms_TwelveMarkers_DifferInShapeOrFilling()
    {
        PointStyle[] markers = [.. Enumerable.Range(0, 12).Select(i => ArmPalette.Marker(i))];
        Assert.Equal(12, markers.Select(marker => (marker.Shape, Hollow: marker.Fill == Rgb.White)).Distinct().Count());
        Assert.DoesNotContain(markers, marker => marker.Shape == Marker.Circle && marker.Fill == Rgb.White);
        Assert.All(markers.Index(), item => Assert.Equal(ArmPalette.Color(item.Index), item.Item.Outline));
    }

    [Fact]
    public void Arms_RedOrGreenBlindness_LeavesTheFirstSixApart()
    {
        Rgb[] arms = [.. Enumerable.Range(0, 6).Select(ArmPalette.Color)];
        foreach (double[] vision in Vision)
        {
            for (int i = 0; i < arms.Length; i++)
            {
                Assert.All(arms[..i], other => Assert.True(Distance(arms[i], other, vision) > 12, $"{arms[i].Hex} and {other.Hex}"));
            }
        }
    }

    [Fact]
    public void Cells_RedOrGreenBlindness_LeavesEveryPairApart()
    {
        Rgb[] cells = [.. CellPalette.Immune.Skip(1), .. CellPalette.Parenchyma.Skip(1)];
        foreach (double[] vision in Vision)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                Assert.All(cells[..i], other => Assert.True(Distance(cells[i], other, vision) > 20, $"{cells[i].Hex} and {other.Hex}"));
            }

            Assert.True(Distance(CellPalette.Hepatocyte, CellPalette.Empty, vision) > 12);
        }
    }

    [Fact]
    public void Clones_RedOrGreenBlindness_LeavesGenesAndFounderApart()
    {
        Rgb[] clones = [ClonePalette.Founder, .. Enumerable.Range(0, 5).Select(ClonePalette.Color)];
        foreach (double[] vision in Vision)
        {
            for (int i = 0; i < clones.Length; i++)
            {
                Assert.All(clones[..i], other => Assert.True(Distance(clones[i], other, vision) > 12, $"{clones[i].Hex} and {other.Hex}"));
            }
        }
    }

    [Fact]
    public void DivergingMap_Lightness_FallsAlikeToBothEndsWhichStayApart()
    {
        foreach (double[] vision in Vision)
        {
            double[] lightness = [.. ColorMap.BlueOrange.Stops.Select(stop => Lab(stop, vision)[0])];
            Assert.Equal(25, lightness.Length);
            Assert.All(Enumerable.Range(0, 12), i => Assert.True(lightness[i] < lightness[i + 1] && lightness[24 - i] < lightness[23 - i]));
            Assert.All(Enumerable.Range(0, 8), i => Assert.True(Distance(ColorMap.BlueOrange.Stops[i], ColorMap.BlueOrange.Stops[24 - i], vision) > 20));
        }
    }

    [Fact]
    public void ColorMaps_Lightness_RisesFromEndToEnd()
    {
        foreach (ColorMap map in new[] { ColorMap.Viridis, ColorMap.Cividis, ColorMap.Magma })
        {
            Assert.True(map.Stops.Count >= 16);
            double[] lightness = [.. map.Stops.Select(stop => Lab(stop, Vision[0])[0])];
            Assert.All(lightness.Skip(1).Zip(lightness), pair => Assert.True(pair.First > pair.Second, map.Name));
            Assert.Equal(map.Stops[^1], map.At(2));
            Assert.Equal(map.Stops[0], map.At(double.NaN));
        }
    }

    private static double Distance(Rgb a, Rgb b, double[] vision) => Math.Sqrt(Lab(a, vision).Zip(Lab(b, vision), (x, y) => (x - y) * (x - y)).Sum());

    // CIE L*a*b* with the D65 white point, after a colour-vision matrix.
    private static double[] Lab(Rgb color, double[] m)
    {
        double[] c = [Rgb.Linear(color.R), Rgb.Linear(color.G), Rgb.Linear(color.B)];
        double[] v = [.. Enumerable.Range(0, 3).Select(i => Math.Clamp((m[i * 3] * c[0]) + (m[(i * 3) + 1] * c[1]) + (m[(i * 3) + 2] * c[2]), 0, 1))];
        double x = F(((0.4124 * v[0]) + (0.3576 * v[1]) + (0.1805 * v[2])) / 0.9505);
        double y = F((0.2126 * v[0]) + (0.7152 * v[1]) + (0.0722 * v[2]));
        double z = F(((0.0193 * v[0]) + (0.1192 * v[1]) + (0.9505 * v[2])) / 1.089);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16 / 116.0);
    }
}
