using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>What an output becomes when one factor goes to its ends and all others stay.</summary>
/// <param name="Factor">Factor.</param>
/// <param name="Low">Its low end.</param>
/// <param name="High">Its high end.</param>
/// <param name="AtLow">Output at the low end, with its interval.</param>
/// <param name="AtHigh">Output at the high end.</param>
public sealed record TornadoFactor(SweepAxis Factor, double Low, double High, Estimate AtLow, Estimate AtHigh);

/// <summary>One output of one arm.</summary>
/// <param name="Title">Output, arm or both.</param>
/// <param name="Output">The output.</param>
/// <param name="Base">Output with all factors at their base, with its interval.</param>
/// <param name="Factors">Factors, each once.</param>
public sealed record TornadoPanel(string Title, SweepAxis Output, Estimate Base, IReadOnlyList<TornadoFactor> Factors)
{
    /// <summary>Arm that the panel belongs to; null for none.</summary>
    public string? Arm { get; init; }
}

/// <summary>One factor at a time: bars from the base value to the output at the low and at the high end of each factor, widest on top.</summary>
public static class TornadoFigure
{
    private const double Thickness = 0.62;
    private static readonly Rgb LowColor = Rgb.Parse("#56b4e9");
    private static readonly Rgb HighColor = Rgb.Parse("#d55e00");
    private static readonly Stroke BaseLine = new(Rgb.Black, 1.4);
    private static readonly Rgb BaseBand = Rgb.Parse("#8a8a8a");

    /// <summary>Draws effects.</summary>
    /// <param name="panels">Panels.</param>
    /// <param name="interval">What error bars and the band around the base value are ("95 % interval over replicates", say); empty for none.</param>
    /// <param name="caption">How many runs and replicates; empty for nothing.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">A factor comes twice in a panel.</exception>
    public static Figure Create(IReadOnlyList<TornadoPanel> panels, string interval, string caption, FigureOptions options)
    {
        (int Columns, double Width) grid = options.Grid(panels.Count, Math.Min(2, Math.Max(1, panels.Count)), panels.Count > 1 ? 1040 : 760);
        bool banded = panels.Any(panel => panel.Base.High > panel.Base.Low);
        return new Figure
        {
            Title = options.TitleOr("One factor at a time"),
            Description = $"Effects of the ends of single factors on {string.Join(", ", panels.Select(panel => panel.Title))}.",
            Width = grid.Width,
            Columns = grid.Columns,
            Panels = [.. panels.Select(panel => Panel(panel, grid, options))],
            Legend =
            [
                new LegendEntry("factor at its low end") { Box = LowColor },
                new LegendEntry("factor at its high end") { Box = HighColor },
                new LegendEntry("base") { Line = BaseLine, Band = banded ? BaseBand : null },
            ],
            Note = SweepText.Note(interval.Length == 0 ? "" : $"Error bars{(banded ? " and band" : "")}: {interval}.", "Beside the bars: low and high end of the factor.", caption),
        };
    }

    private static Panel Panel(TornadoPanel panel, (int Columns, double Width) grid, FigureOptions options)
    {
        FactorRows.ByFactor($"panel '{panel.Title}'", panel.Factors.Select(f => (f.Factor.Label, f)));
        TornadoFactor[] rows = [.. panel.Factors.OrderByDescending(factor => Reach(panel, factor))];
        string[] names = [.. rows.Select(row => row.Factor.Label)];
        string[] notes = [.. rows.Select(row => Ends(row, panel.Output))];
        var elements = new List<PlotElement>();
        if (panel.Base.High > panel.Base.Low)
        {
            elements.Add(new BandElement([panel.Base.Low, panel.Base.High], [-0.5, -0.5], [rows.Length - 0.5, rows.Length - 0.5], BaseBand, 0.2));
        }

        elements.AddRange(CategoryPanels.Lines(rows.Length));
        if (panel.Output.Holds(panel.Base.Value))
        {
            elements.AddRange(rows.SelectMany((row, i) => Bars(panel, row, CategoryPanels.Place(i, rows.Length))));
            elements.Add(new RuleElement(panel.Base.Value, false, BaseLine));
        }

        return new Panel
        {
            Title = panel.Title,
            Group = panel.Arm,
            X = panel.Output.Axis,
            Y = CategoryPanels.Axis(names, []),
            Elements = elements,
            RowNotes = [.. notes.Reverse()],
            PlotHeight = CategoryPanels.Height(names, notes, grid, options, 24),
        };
    }

    // Bars on the same side of the base would hide each other: they share the row.
    private static IEnumerable<PlotElement> Bars(TornadoPanel panel, TornadoFactor row, double place)
    {
        double low = panel.Output.Place(row.AtLow.Value) - panel.Output.Place(panel.Base.Value);
        double high = panel.Output.Place(row.AtHigh.Value) - panel.Output.Place(panel.Base.Value);
        bool shared = low * high > 0;

        // Intervals that leave a logarithmic axis reach down to the lowest value that is on it.
        double floor = panel.Output.IsLogScale
            ? panel.Factors.SelectMany(f => new[] { f.AtLow.Value, f.AtHigh.Value, f.AtLow.Low, f.AtHigh.Low }).Append(panel.Base.Value).Where(panel.Output.Holds).Min()
            : double.NegativeInfinity;
        foreach ((Estimate end, Rgb color, double side) in new[] { (row.AtLow, LowColor, 1), (row.AtHigh, HighColor, -1) })
        {
            if (panel.Output.Holds(end.Value))
            {
                yield return new BarElement([place + (shared ? side * Thickness / 4 : 0)], [end.Value], shared ? Thickness / 2 : Thickness, color) { Baseline = panel.Base.Value, Horizontal = true, ErrorLow = [Math.Max(end.Low, floor)], ErrorHigh = [end.High] };
            }
        }
    }

    private static double Reach(TornadoPanel panel, TornadoFactor row)
    {
        double[] places = [.. new[] { panel.Base.Value, row.AtLow.Value, row.AtHigh.Value }.Select(panel.Output.Place).Where(double.IsFinite)];
        return places.Length < 2 ? double.NegativeInfinity : places.Max() - places.Min();
    }

    private static string Ends(TornadoFactor row, SweepAxis output)
    {
        string low = (row.Factor with { Unit = "" }).Text(row.Low);
        string known = output.Holds(row.AtLow.Value) || output.Holds(row.AtHigh.Value) ? "" : " (no value)";
        return $"{low} to {row.Factor.Text(row.High)}{known}";
    }
}
