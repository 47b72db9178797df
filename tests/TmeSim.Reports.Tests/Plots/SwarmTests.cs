using System.Globalization;
using System.Xml.Linq;
using ScottPlot;
using TmeSim.Reports.Plots.Plottables;

namespace TmeSim.Reports.Tests.Plots;

public class SwarmTests
{
    [Theory]
    [InlineData(1, 6.5)]
    [InlineData(7, 6.5)]
    [InlineData(40, 2.5)]
    public void Render_EqualValues_DoNotOverlap(int count, double smallest)
    {
        (double X, double Y, double Radius)[] dots = Draw([.. Enumerable.Repeat(5.0, count)]);
        Assert.Equal(count, dots.Length);
        for (int i = 0; i < count; i++)
        {
            Assert.True(dots[i].Radius * 2 >= smallest - 1e-3);
            Assert.True(Math.Abs(dots[i].X - 100) <= 90);
            Assert.All(dots[..i], other => Assert.True(Distance(other, dots[i]) >= (dots[i].Radius * 2) - 1e-3));
        }
    }

    [Fact]
    public void Render_DistantValues_StayInTheMiddle() => Assert.All(Draw([1, 5, 9]), dot => Assert.Equal(100, dot.X, 4));

    [Fact]
    public void Spread_AnyValues_KeepsTheirDistance()
    {
        double[] along = [.. Enumerable.Range(0, 120).Select(i => 30 * Math.Sin(i * 1.7))];
        double[] aside = Swarm.Spread(along, 7);
        for (int i = 0; i < along.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.True(Math.Sqrt(Math.Pow(along[i] - along[j], 2) + Math.Pow(aside[i] - aside[j], 2)) >= 7 - 1e-6);
            }
        }
    }

    // A plot area of 200 × 200 px, x from −1 to 1.
    private static (double X, double Y, double Radius)[] Draw(double[] values)
    {
        var plot = new Plot();
        plot.PlottableList.Add(new Swarm(0, values, 1.8, new MarkerStyle(MarkerShape.FilledCircle, 6.5f, Colors.Black)));
        plot.Axes.SetLimits(-1, 1, 0, 10);
        plot.Layout.Fixed(new PixelPadding(0));
        string svg = plot.GetSvgXml(200, 200);
        IEnumerable<XElement> circles = XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName is "circle" or "ellipse");
        double Get(XElement e, params string[] names) =>
            double.Parse(names.Select(n => (string?)e.Attribute(n)).First(v => v is not null)!, CultureInfo.InvariantCulture);
        return [.. circles.Select(e => (Get(e, "cx"), Get(e, "cy"), Get(e, "r", "rx"))).Distinct()];
    }

    private static double Distance((double X, double Y, double Radius) a, (double X, double Y, double Radius) b) =>
        Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
