using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class CalibrationProgressFigureTests
{
    [Fact]
    public void Create_Generations_RiseAndToleranceOverADecadeIsLogarithmic()
    {
        Figure figure = CalibrationProgressFigure.Create([new(1, 2, 0.1, 300), new(0, 40, 0.5, 500)], 500, "", new FigureOptions());
        Assert.Equal([AxisScale.Log10, AxisScale.Linear, AxisScale.Linear], figure.Panels.Select(panel => panel!.Y.Scale));
        Assert.Equal([40, 2, 50, 10, 500, 300], figure.Panels.SelectMany(panel => panel!.Elements.OfType<PointElement>().Single().Y));
        Assert.Equal(500, figure.Panels[2]!.Elements.OfType<RuleElement>().Single().Value);
    }

    [Fact]
    public void Create_ToleranceOfZero_StaysLinear() =>
        Assert.Equal(AxisScale.Linear, CalibrationProgressFigure.Create([new(0, 40, 0.5, 500), new(1, 0, 0.1, 300)], 0, "", new FigureOptions()).Panels[0]!.Y.Scale);

    [Fact]
    public void Create_GenerationTwice_IsAnError() =>
        Assert.Throws<ArgumentException>(() => CalibrationProgressFigure.Create([new(0, 1, 1, 1), new(0, 1, 1, 1)], 0, "", new FigureOptions()));
}
