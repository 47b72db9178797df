using System.Globalization;
using System.Net;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Figures;

namespace TmeSim.Experiments.Tests;

public sealed class SweepDrawerTests
{
    private const string Dose = "\"arms[Atezo + Bev].therapy[atezolizumab].dose\"";

    [Fact]
    public void Tornado_OfAGridWithMiddles_GoesFromTheMiddleToTheEnds()
    {
        using var sweep = new SyntheticSweep($"vary: {{patient.nlr: [1, 2, 3], {Dose}: [100 mg, 200 mg, 300 mg]}}\noutputs: [cd8_cells@end]", at => (at.X[0] * at.X[0]) + (at.Arm * at.X[0] * at.X[1]));
        Panel panel = TornadoDrawer.Draw(sweep.Data, sweep.Data.Outputs[0], 0).Single().Figure.Figure.Panels.OfType<Panel>().Single(p => p.Group == "Atezo + Bev");

        // At (2, 200): 404. Ends of the dose 204 and 604; of the ratio 201 and 609.
        BarElement[] bars = [.. panel.Elements.OfType<BarElement>()];
        Assert.All(bars, b => Assert.Equal(404, b.Baseline));
        Assert.Equal([201, 204, 604, 609], bars.SelectMany(b => b.Value).Order());
    }

    [Fact]
    public void Tornado_WithoutMiddles_ComparesMeansOverAllOthers()
    {
        using var sweep = new SyntheticSweep(
            "vary: {patient.nlr: [1, 3], \"lesions[primary].immune.pattern\": [inflamed, excluded, desert]}\noutputs: [cd8_cells@end]", at => (10 * at.X[0]) + (at.X[1] == 1 ? 30 : at.X[1]), arms: "arms:\n  - name: Control\n");
        BarElement[] bars = [.. TornadoDrawer.Draw(sweep.Data, sweep.Data.Outputs[0], 0).Single().Figure.Figure.Panels.OfType<Panel>().Single().Elements.OfType<BarElement>()];

        // Means of the patterns 20, 50 and 22; of the ratios 10 and 30 more than 32/3.
        Assert.Equal([20, 62.0 / 3, 122.0 / 3, 50], bars.SelectMany(b => b.Value).Order(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Tornado_OfAGridWithoutMiddles_HasTheIntervalOfReplicates_NotOfItsPoints()
    {
        using var sweep = new SyntheticSweep(
            "vary: {patient.nlr: [1, 3], \"lesions[primary].immune.cd8\": [50 /mm2, 150 /mm2]}\noutputs: [cd8_cells@end]", at => (10 * at.X[0]) + at.X[1] + at.Replicate, replicates: 3, arms: "arms:\n  - name: Control\n");
        Figure figure = TornadoDrawer.Draw(sweep.Data, sweep.Data.Outputs[0], 0).Single().Figure.Figure;
        BarElement[] bars = [.. figure.Panels.OfType<Panel>().Single().Elements.OfType<BarElement>()];

        // Replicates lie one apart wherever the points lie: Student's t of two degrees of freedom over the root of three.
        Assert.All(bars.SelectMany(b => b.Value.Zip(b.ErrorHigh!, (value, high) => high - value)), half => Assert.Equal(4.302653 / Math.Sqrt(3), half, 1e-5));
        Assert.Contains("95 % t interval over replicates, each a mean over the points", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void EffectMap_OfCellsOverSeveralPoints_AsksReplicates_NotPoints()
    {
        // The difference is 1 at one level of the third factor and 100 at the other, in either replicate alike.
        using var sweep = new SyntheticSweep(
            $"vary: {{patient.nlr: [1, 2], {Dose}: [100 mg, 200 mg], \"lesions[primary].immune.cd8\": [50 /mm2, 150 /mm2]}}\noutputs: [cd8_cells@end]",
            at => (1000 * at.Replicate) + (at.Arm == 0 ? 0 : at.X[2] > 100 ? 100 : 1));
        var cells = SweepCellSet.OfLevels(sweep.Data.Varied[0], sweep.Data.Varied[1], Enumerable.Range(0, 8));
        Panel panel = HeatMapDrawer.Arms(sweep.Data, sweep.Data.Effects[0], cells, 0, "CD8").Single().Figure.Figure.Panels.OfType<Panel>().Single();

        Assert.DoesNotContain(panel.Elements, e => e is PointElement);
    }

    [Fact]
    public void EffectMap_HoldsPairedDifferencesAndMarksThoseWithinChance()
    {
        // What replicates share drops out: exact differences, but for the first point, where they are −10 and 30.
        using var sweep = new SyntheticSweep(
            $"vary: {{patient.nlr: [1, 2], {Dose}: [100 mg, 200 mg]}}\noutputs: [cd8_cells@end]",
            at => (1000 * at.Replicate) + (at.Arm == 0 ? 0 : at.Point == 0 ? (40 * at.Replicate) - 10 : at.X[0] * at.X[1]));
        var cells = SweepCellSet.OfLevels(sweep.Data.Varied[0], sweep.Data.Varied[1], Enumerable.Range(0, 4));
        Panel panel = HeatMapDrawer.Arms(sweep.Data, sweep.Data.Effects[0], cells, 0, "").Single().Figure.Figure.Panels.OfType<Panel>().Single();

        Assert.Equal("Atezo + Bev", panel.Group);
        Assert.Equal([10, 200, 200, 400], panel.Elements.OfType<TileElement>().SelectMany(t => t.Tiles).Select(t => double.Parse(t.Text, CultureInfo.InvariantCulture)).Order());
        PointElement dots = panel.Elements.OfType<PointElement>().Single();
        Assert.Single(dots.X);
        Assert.InRange(dots.X[0], 0.5, 1.5);
        Assert.InRange(dots.Y[0], 50, 150);
    }

    [Fact]
    public void ResponseCurve_HasMeansBandsAndErrorsOfReplicates()
    {
        using var sweep = new SyntheticSweep("vary: {patient.nlr: [1, 2, 4]}\noutputs: [cd8_cells@end]", at => at.X[0] * (at.Replicate - 1), replicates: 3, left: at => at.Point == 2);
        Panel panel = ResponseDrawer.Single(sweep.Data, sweep.Data.Varied[0], 0).Figure.Figure.Panels.OfType<Panel>().Single();

        // Replicates −x, 0, x: mean 0, 10–90 % ± 0.8 x, standard error x / √3; nothing at the missing point.
        BandElement band = panel.Elements.OfType<BandElement>().First();
        Assert.Equal([-0.8, -1.6, double.NaN], band.Low, (a, b) => double.IsNaN(a) ? double.IsNaN(b) : Math.Abs(a - b) < 1e-12);
        PointElement points = panel.Elements.OfType<PointElement>().First();
        Assert.Equal([0, 0, double.NaN], points.Y);
        Assert.Equal([1 / Math.Sqrt(3), 2 / Math.Sqrt(3), double.NaN], points.ErrorHigh!, (a, b) => double.IsNaN(a) ? double.IsNaN(b) : Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Cells_OfASample_HoldEveryPointOnceInItsInterval()
    {
        using var sweep = new SyntheticSweep(
            "method: latin_hypercube\nruns: 100\nvary: {patient.nlr: {from: 1, to: 100, scale: log}, \"lesions[primary].immune.cd8\": {from: 50 /mm2, to: 250 /mm2}}\noutputs: [cd8_cells@end]", _ => 1, replicates: 1);
        FactorColumn x = sweep.Data.Varied[0], y = sweep.Data.Varied[1];
        var cells = SweepCellSet.Binned(x, y, 100);

        Assert.Equal((5, 5), (cells.XLevels.Length, cells.YLevels.Length));
        Assert.Equal(Enumerable.Range(0, 100), cells.Points.SelectMany(p => p).Order());
        double halfX = Math.Log10(x.Levels[^1] / x.Levels[0]) / 10, halfY = (y.Levels[^1] - y.Levels[0]) / 10;
        for (int cell = 0; cell < 25; cell++)
        {
            Assert.All(cells.Points[cell], p => Assert.InRange(Math.Abs(Math.Log10(x.Values[p] / cells.XLevels[cell % 5])), 0, halfX + 1e-12));
            Assert.All(cells.Points[cell], p => Assert.InRange(Math.Abs(y.Values[p] - cells.YLevels[cell / 5]), 0, halfY + 1e-9));
        }
    }

    [Theory]
    [InlineData("patient.nlr: [1, 2, 4, 8]", true)]
    [InlineData("patient.nlr: [1, 2, 3, 4]", false)]
    [InlineData("patient.nlr: [1, 100]", false)]
    [InlineData("patient.nlr: {from: 1, to: 4, levels: 3, scale: log}", true)]
    [InlineData("patient.nlr: {from: 1, to: 100, levels: 3}", false)]
    public void Scale_OfAFactor_IsTheOneThatItsLevelsAreEvenOn(string factor, bool log)
    {
        using var sweep = new SyntheticSweep($"vary: {{{factor}}}\noutputs: [cd8_cells@end]", _ => 1, replicates: 1);

        Assert.Equal(log, sweep.Data.Factors[0].Axis.IsLog);
    }

    [Fact]
    public void Units_AreWrittenAsBesideOutputs()
    {
        using var sweep = new SyntheticSweep("vary: {\"lesions[primary].immune.cd8\": [50 /mm2, 100 /mm2]}\noutputs: [cd8_bed_per_mm2@end]", _ => 1, replicates: 1);

        Assert.Equal("/mm²", sweep.Data.Factors[0].Axis.Unit);
        Assert.Equal(("CD8 in the bed at the end", "/mm²"), (sweep.Data.Outputs[0].Axis.Label, sweep.Data.Outputs[0].Axis.Unit));
    }

    [Fact]
    public void FiguresThatASmallSampleDoesNotGive_AreNamed()
    {
        using var sweep = new SyntheticSweep($"method: latin_hypercube\nruns: 6\nvary: {{patient.nlr: {{from: 1, to: 3}}, {Dose}: {{from: 100 mg, to: 300 mg}}}}\noutputs: [cd8_cells@end]", at => at.X[0]);
        IReadOnlyList<string> remarks = SweepFigures.Of(sweep.Data, sweep.Sensitivity).Draw().Remarks;
        Assert.Contains(remarks, r => r.StartsWith("Not drawn (figures of the sweep): maps and curves over single factors: 6 points are too few", StringComparison.Ordinal));
        Assert.Contains(remarks, r => r.Contains("rank correlations: 6 points are too few for 2 factors. They are drawn from 10 points on.", StringComparison.Ordinal));
        Assert.Contains(remarks, r => r.Contains("tornado plots", StringComparison.Ordinal));
        Assert.Contains(remarks, r => r.Contains("the map of the best arm: no output is one of which less is better", StringComparison.Ordinal));
    }

    [Fact]
    public void FiguresThatAreNotDrawn_AreSaidToTheCaller_InTheLogAndOnThePage()
    {
        using var sweep = new SyntheticSweep($"method: latin_hypercube\nruns: 6\nvary: {{patient.nlr: {{from: 1, to: 3}}, {Dose}: {{from: 100 mg, to: 300 mg}}}}\noutputs: [tumor_cells@end]", at => at.X[0]);
        SweepOutcome outcome = sweep.Merge();
        string log = sweep.Text("log.txt"), page = WebUtility.HtmlDecode(sweep.Text("report.html"));

        Assert.Equal(3, outcome.Remarks.Count);
        Assert.All(outcome.Remarks, r => Assert.StartsWith("Not drawn (figures of the sweep): ", r, StringComparison.Ordinal));
        Assert.All(outcome.Remarks, r => Assert.Contains(r, log, StringComparison.Ordinal));
        Assert.All(outcome.Remarks, r => Assert.Contains(r, page, StringComparison.Ordinal));
    }
}
