using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Figures;

/// <summary>The table beside a figure holds what the figure shows.</summary>
public class FigureValuesTests
{
    [Fact]
    public void Of_TimeCourse_HasMediansAndBandsInDataUnits()
    {
        var measure = new MeasureSeries("size", "Size", "mm", [new ArmSeries("A", [[0, 7], [0, 7]], [[1, 2], [3, 6]])], []);
        Figure figure = TimeCourseFigure.Create([measure], [], new ArmLooks(["A"]), new FigureOptions("t"));
        Dictionary<string, FigureValue>[] rows = Rows(figure);

        Dictionary<string, FigureValue>[] line = [.. rows.Where(r => r["mark"].Text == "line")];
        Assert.Equal([(0, 2), (7, 4)], line.Select(r => (r["x"].Number, r["y"].Number)));
        Assert.All(line, r => Assert.Equal(("A", "time since start of therapy [d]"), (r["group"].Text, r["x_axis"].Text)));
        Dictionary<string, FigureValue>[] band = [.. rows.Where(r => r["mark"].Text == "band")];
        Assert.Equal([1.2, 2.4], band.Select(r => r["low"].Number), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([2.8, 5.6], band.Select(r => r["high"].Number), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Of_Tissue_CountsCellsByKind()
    {
        var frame = new TissueFrame("A", 7, 3, 2, 20, [0, 1, 2, 2, 3, 4], [0, 0, 1, 2, 3, 4], [float.NaN, 0.5f, float.NaN, 0, 0.25f, float.NaN]);
        Dictionary<string, FigureValue> row = Assert.Single(Rows(TissueFigure.Create([frame], true, new ArmLooks(["A"]), new FigureOptions("t"))));
        Assert.Equal(("A", 7.0, 60.0), (row["arm"].Text, row["time_d"].Number, row["width_um"].Number));
        Assert.Equal([1, 1, 2, 1, 1], Of(row, "empty", "hepatocytes", "tumor_cells", "dying_cells", "necrotic_cells"));
        Assert.Equal([1, 1, 1, 1], Of(row, "cd8_active", "cd8_exhausted", "macrophages_cd163_low", "macrophages_cd163_high"));
        Assert.Equal([3, 0.25], Of(row, "vessels", "perfusion_mean"));
    }

    [Fact]
    public void Of_Field_HasSpreadAndTumourMean()
    {
        var frame = new FieldFrame("A", 0, 2, 2, 20, [1, 2, 4, float.NaN], [1, 2, 2, 0]);
        Dictionary<string, FigureValue> row = Assert.Single(Rows(FieldFigure.Create([frame], "Oxygen", "mmHg", new ArmLooks(["A"]), new FigureOptions("t"))));
        Assert.Equal([1, 2, 7 / 3.0, 4, 3], Of(row, "minimum", "median", "mean", "maximum", "tumor_mean"));
        Assert.Equal("mmHg", row["unit"].Text);
    }

    [Fact]
    public void Of_EveryKind_NamesEveryArm_AndRowsAreAsWideAsColumns()
    {
        string[] arms = ["Control", "A", "B, \"C\""];
        foreach ((string kind, Figure figure) in new SampleMatrix(arms, Oddity.None, new FigureOptions("t")).Figures())
        {
            var values = FigureValues.Of(figure);
            Assert.NotEmpty(values.Rows);
            Assert.All(values.Rows, row => Assert.Equal(values.Columns.Count, row.Count));
            string[] texts = [.. values.Rows.SelectMany(row => row.Select(v => v.Text)).OfType<string>()];
            Assert.All(kind == "contrast" ? arms[1..] : arms, arm => Assert.Contains(arm, texts));
        }
    }

    [Fact]
    public void Of_Element_GivesPlacesErrorsAndCategories()
    {
        var panel = new Panel
        {
            Title = "p",
            X = new Axis { Label = "arm", Categories = ["Control", "A"] },
            Y = new Axis { Label = "size", Unit = "mm" },
            Elements =
            [
                new PointElement([1], [5], new PointStyle(Marker.Circle, Rgb.Black, Rgb.Black, 5)) { ErrorLow = [4], ErrorHigh = [7] },
                new SwarmElement(0, [2, 3], 0.5, new PointStyle(Marker.Circle, Rgb.Black, Rgb.Black, 5)),
                new RuleElement(1.5, true, new Stroke(Rgb.Black, 1)),
                new TileElement([new Tile(new Extents(0, 2, 10, 20), Rgb.Black, "12") { Value = 11.6 }]),
                new HeatMapElement(2, 1, [8, 9], new Extents(0, 4, 0, 2), ColorMap.Viridis, 0, 10),
                new LineElement([0, 1], [0, 1], new Stroke(Rgb.Black, 1)) { IsDecoration = true },
            ],
        };
        Dictionary<string, FigureValue>[] rows = Rows(new Figure { Title = "t", Panels = [panel] });
        Assert.Equal(["point", "point", "point", "rule", "tile", "map", "map"], rows.Select(r => r["mark"].Text));
        Assert.Equal(("A", 4.0, 7.0), (rows[0]["category"].Text, rows[0]["low"].Number, rows[0]["high"].Number));
        Assert.Equal(("Control", 2.0), (rows[1]["category"].Text, rows[1]["y"].Number));
        Assert.Equal(("size [mm]", 1.5), (rows[3]["y_axis"].Text, rows[3]["y"].Number));
        Assert.Equal([0, 2, 10, 20, 11.6], Of(rows[4], "x_low", "x_high", "low", "high", "value"));
        Assert.Equal([3, 1, 9], Of(rows[6], "x", "y", "value"));
    }

    private static double[] Of(Dictionary<string, FigureValue> row, params string[] columns) => [.. columns.Select(c => row[c].Number)];

    private static Dictionary<string, FigureValue>[] Rows(Figure figure)
    {
        var values = FigureValues.Of(figure);
        return [.. values.Rows.Select(row => values.Columns.Zip(row).ToDictionary(p => p.First, p => p.Second))];
    }
}
