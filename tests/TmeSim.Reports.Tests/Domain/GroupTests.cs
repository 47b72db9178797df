using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

/// <summary>A page hides an arm by its group: whatever belongs to it has to carry its name.</summary>
public class GroupTests
{
    private static readonly string[] Arms = ["Control", "A", "B", "C", "D"];

    [Fact]
    public void EveryFigure_Arms_AreGroupsOfPanelsOrElements()
    {
        foreach ((string kind, Figure figure) in Figures())
        {
            IEnumerable<string> groups = figure.Panels.OfType<Panel>().SelectMany(panel => panel.Elements.Select(element => element.Group).Append(panel.Group)).OfType<string>().Distinct();
            string[] expected = kind == "contrast" ? Arms[1..] : Arms;
            Assert.True(expected.Order().SequenceEqual(groups.Order()), $"{kind}: {string.Join(", ", groups)}");
            Assert.All(figure.Legend, entry => Assert.True(entry.Group is null || Arms.Contains(entry.Group)));
        }
    }

    [Fact]
    public void EveryFigure_DataOfArms_BelongToAGroup()
    {
        foreach ((string kind, Figure figure) in Figures())
        {
            // A start that all arms share belongs to none of them.
            foreach (Panel panel in figure.Panels.OfType<Panel>().Where(panel => panel.Group is null && !panel.Title.EndsWith("all arms", StringComparison.Ordinal)))
            {
                PlotElement[] loose = [.. panel.Elements.Where(element => element.Group is null && element is not (RuleElement or TextElement))];
                Assert.True(kind == "spatial" ? loose.Length == 1 : loose.Length == 0, $"{kind}: {loose.Length} elements without a group");
            }
        }
    }

    [Fact]
    public void EveryFigure_TimeOnX_GivesDaysPerUnit()
    {
        foreach ((string kind, Figure figure) in Figures())
        {
            Assert.All(figure.Panels.OfType<Panel>(), panel => Assert.True(panel.X.Label.StartsWith("time", StringComparison.Ordinal) == panel.DaysPerX.HasValue, kind));
        }
    }

    [Fact]
    public void EveryFigure_ArmAlone_KeepsItsColours()
    {
        Rgb[] known = [.. Enumerable.Range(0, Arms.Length).Select(ArmPalette.Color)];
        foreach ((string kind, Figure figure) in Figures())
        {
            foreach (LegendEntry entry in figure.Legend.Where(entry => entry.Group is not null))
            {
                Rgb? color = entry.Line?.Color ?? entry.Box ?? entry.Points?.Outline;
                Assert.True(color == known[Array.IndexOf(Arms, entry.Group)] || entry.Label.EndsWith("(observed)", StringComparison.Ordinal), $"{kind}: {entry.Label}");
            }
        }
    }

    private static IEnumerable<(string Kind, Figure Figure)> Figures() => new SampleMatrix(Arms, Oddity.None, new FigureOptions()).Figures();
}
