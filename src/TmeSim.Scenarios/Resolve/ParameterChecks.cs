using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Checks of parameters against each other.</summary>
internal sealed class ParameterChecks(DiagnosticSink sink)
{
    private static readonly (Parameter Low, Parameter High)[] Ordered =
    [
        (Parameter.GrowthRampLow, Parameter.GrowthRampHigh),
        (Parameter.NecrosisFull, Parameter.NecrosisOnset),
        (Parameter.Pdl1Base, Parameter.Pdl1Max),
        (Parameter.VesselsRemovalDensity, Parameter.VesselsInitialDensity),
    ];

    private const int ReachInSpacings = 5;

    private static readonly (Parameter Diffusivity, Parameter Decay)[] Signals =
    [
        (Parameter.VegfDiffusivity, Parameter.VegfDecay),
        (Parameter.IfngDiffusivity, Parameter.IfngDecay),
        (Parameter.DampDiffusivity, Parameter.DampDecay),
        (Parameter.CxclDiffusivity, Parameter.CxclDecay),
        (Parameter.SuppressiveDiffusivity, Parameter.SuppressiveDecay),
        (Parameter.MyeloidDiffusivity, Parameter.MyeloidDecay),
    ];

    /// <param name="set">Values in force.</param>
    /// <param name="block">The block that changes some of them; only those can be wrong.</param>
    /// <param name="plan">Step and spacing.</param>
    public void Check(ParameterSet set, MapValue block, SimulationPlan plan)
    {
        foreach ((Parameter low, Parameter high) in Ordered)
        {
            string lowKey = ParameterTable.Of(low).Key;
            string highKey = ParameterTable.Of(high).Key;
            if ((block[lowKey] ?? block[highKey]) is Value { IsGood: true } at && set[low] >= set[high])
            {
                string unit = ParameterTable.Of(low).Unit;
                sink.Error(at.Mark, at.Path, $"{lowKey} ({Show(set[low], unit)}) must be below {highKey} ({Show(set[high], unit)})");
            }
        }

        foreach (Parameters.ParameterEntry whole in Parameters.ParameterLibrary.All.Where(p => p.IsWhole))
        {
            if (block[whole.Key] is ScalarValue { IsGood: true } value && value.Number != Math.Floor(value.Number))
            {
                sink.Error(value.Mark, value.Path, $"{value.Text} is not a whole number");
            }
        }

        SubSteps(set, block, plan);
        Reach(set, block, plan);
    }

    // Parameters do not choose the lattice of the signals, so that a sweep has one; a signal that is too short for it is named.
    private void Reach(ParameterSet set, MapValue block, SimulationPlan plan)
    {
        foreach ((Parameter diffusivity, Parameter decay) in plan.Tissue.HasCoarseSignals ? Signals : [])
        {
            double reach = Math.Sqrt(set.Rate(diffusivity) / set.Rate(decay)), spacing = 2 * plan.Tissue.SpacingUm;
            if ((block[ParameterTable.Of(diffusivity).Key] ?? block[ParameterTable.Of(decay).Key]) is { IsGood: true } at
                && reach < ReachInSpacings * spacing)
            {
                sink.Warn(at.Mark, at.Path,
                    $"the signal reaches sqrt(D/decay) = {Quantity.Format(Math.Round(reach))} um, less than {ReachInSpacings} times the "
                    + $"{Quantity.Format(spacing)} um that signals are solved on; write 'fields: {{signal_spacing: fine}}'");
            }
        }
    }

    private void SubSteps(ParameterSet set, MapValue block, SimulationPlan plan)
    {
        double fastest = Math.Max(set.Rate(Parameter.Cd8SpeedLiver), set.Rate(Parameter.Cd8SpeedTumor));
        int needed = Math.Max(1, (int)Math.Ceiling(fastest * plan.Time.StepHours / (0.8 * plan.Tissue.SpacingUm)));
        string key = ParameterTable.Of(Parameter.Cd8SubSteps).Key;
        if (set[Parameter.Cd8SubSteps] is > 0 and double given && given < needed && block[key] is Value { IsGood: true } at)
        {
            sink.Error(at.Mark, at.Path,
                $"{Quantity.Format(given)} sub-steps are too few for {Quantity.Format(fastest)} um/h: {needed} keep a move below 0.8 of a "
                + "site; 0 chooses them");
        }
    }

    private static string Show(double value, string unit) => Quantity.Format(value, Unit.Of(unit));
}
