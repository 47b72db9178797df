using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Figures that belong to a design and are not drawn of this sweep, with the reason.</summary>
internal static class SweepOmissions
{
    private const string Figures = "figures of the sweep";

    /// <summary>One line each.</summary>
    public static IEnumerable<string> Of(SweepData data) => Find(data).Select(o => o.Text(Figures));

    private static IEnumerable<Omission> Find(SweepData data)
    {
        int factors = data.Varied.Count, needed = SweepFigures.FewestForCorrelation + factors;
        bool sample = data.Plan.Method is SweepMethod.LatinHypercube or SweepMethod.Sobol;
        if ((sample || data.Plan.Method == SweepMethod.Saltelli) && data.Points < SweepFigures.FewestForMap)
        {
            yield return new Omission("maps and curves over single factors", $"{data.Points} points are too few to be put into cells", $"They are drawn from {SweepFigures.FewestForMap} points on");
        }

        if (sample && data.Varied.Count(f => f.IsOrdered) > 1 && data.Points < needed)
        {
            yield return new Omission("rank correlations", $"{data.Points} points are too few for {factors} factors", $"They are drawn from {needed} points on");
        }

        if (sample && factors > 1 && data.Points < TornadoDrawer.FewestPoints)
        {
            yield return new Omission("tornado plots", $"{data.Points} points are too few for their ends", $"They are drawn from {TornadoDrawer.FewestPoints} points on");
        }

        if (data.Plan.Method != SweepMethod.Morris && factors > 1 && data.Arms.Count > 1 && BestArmDrawer.Criterion(data) is null)
        {
            yield return new Omission("the map of the best arm", "no output is one of which less is better", "Add one such as tumor_volume_change@end to sweep.outputs");
        }
    }
}
