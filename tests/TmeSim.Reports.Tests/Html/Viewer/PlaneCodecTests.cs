using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Reports.Tests.Html.Viewer;

public class PlaneCodecTests
{
    private const int Nx = 37;

    private const int Ny = 23;

    [Fact]
    public void Field_EveryPrecision_ComesBackWithinHalfAStep()
    {
        foreach (FieldPrecision precision in FieldPrecision.Ladder)
        {
            foreach (float[] values in Fields())
            {
                var range = (Low: (double)values.Where(float.IsFinite).DefaultIfEmpty(0).Min(), High: (double)values.Where(float.IsFinite).DefaultIfEmpty(0).Max());
                double[] back = PlaneDecoder.Field(PlaneCodec.Field(values, (Nx, Ny), range, precision), Nx, Ny, range, precision);
                double half = (range.High - range.Low) / precision.Steps / 2;
                int at = 0;
                for (int z = 0; z < values.Length / (Nx * Ny); z++)
                {
                    for (int y = 0; y < Ny; y += precision.Every)
                    {
                        for (int x = 0; x < Nx; x += precision.Every)
                        {
                            float value = values[(((z * Ny) + y) * Nx) + x];
                            double got = back[at++];
                            Assert.True(float.IsFinite(value) ? Math.Abs(got - value) <= (half * 1.000001) + (Math.Abs(value) * 1e-12) : double.IsNaN(got), $"{precision}: {value} came back as {got}, half a step is {half}");
                        }
                    }
                }

                Assert.Equal(at, back.Length);
            }
        }
    }

    [Fact]
    public void Field_SmoothOnes_KeepFewSites()
    {
        float[] smooth = [.. Enumerable.Range(0, 200 * 200).Select(i => (float)Math.Exp(-((i % 200 / 60.0) + (i / 200 / 80.0))))];
        byte[] block = PlaneCodec.Field(smooth, (200, 200), (smooth.Min(), smooth.Max()), new FieldPrecision(62, 1));
        Assert.Equal(8, PlaneDecoder.Inflate(block)[0]);
        Assert.InRange(block.Length, 1, 700);
    }

    [Fact]
    public void Spots_SitesAreExactAndValuesWithinHalfAStep()
    {
        float[] perfusion = [.. Enumerable.Repeat(float.NaN, 20_000)];
        foreach (int site in (int[])[0, 1, 128, 129, 300, 16_700, 19_999])
        {
            perfusion[site] = 0.05f + (site % 7 / 10f);
        }

        perfusion[129] = 0;
        perfusion[3] = -1;
        double low = perfusion.Where(p => p >= 0).Min(), high = perfusion.Max(p => float.IsNaN(p) ? 0 : p);
        (int Site, double Perfusion)[] back = PlaneDecoder.Spots(PlaneCodec.Spots(perfusion, low, high), low, high);
        Assert.Equal([0, 1, 128, 129, 300, 16_700, 19_999], back.Select(v => v.Site));
        Assert.All(back, v => Assert.InRange(v.Perfusion, perfusion[v.Site] - ((high - low) / 509), perfusion[v.Site] + ((high - low) / 509)));
        Assert.Empty(PlaneCodec.Spots([.. Enumerable.Repeat(float.NaN, 50)], 0, 0));
    }

    [Fact]
    public void Clones_FoundersAlone_TakeNoRoomAndLargeIndicesASecondPlane()
    {
        Assert.Empty(PlaneCodec.Clones(new ushort[40]));
        Assert.Equal([0, 255, 3], PlaneDecoder.Inflate(PlaneCodec.Clones([0, 255, 3])));
        Assert.Equal([0, 1, 3, 0, 2, 0], PlaneDecoder.Inflate(PlaneCodec.Clones([0, 513, 3])));
    }

    private static IEnumerable<float[]> Fields()
    {
        var random = new Random(5);
        yield return [.. Enumerable.Range(0, Nx * Ny).Select(i => (float)(Math.Sin(i * 0.1) * 50))];
        yield return [.. Enumerable.Range(0, Nx * Ny * 3).Select(_ => random.NextSingle() * 1e-6f)];
        yield return [.. Enumerable.Range(0, Nx * Ny).Select(i => i % 5 == 0 ? float.NaN : i % 7 == 0 ? float.PositiveInfinity : -i)];
        yield return [.. Enumerable.Range(0, Nx * Ny * 2).Select(i => (i % Nx * 0.5f) + (i / Nx % Ny * 0.1f) + (i / (Nx * Ny)))];
        yield return [.. Enumerable.Range(0, Nx * Ny).Select(i => (float)Math.Exp(-i % Nx / 20.0))];
        yield return [.. Enumerable.Repeat(0.37f, Nx * Ny)];
        yield return [.. Enumerable.Repeat(float.NaN, Nx * Ny)];
        yield return [.. Enumerable.Range(0, Nx * Ny).Select(i => i % 2 == 0 ? float.MaxValue : float.MinValue)];
    }
}
