using System.Collections.Concurrent;
using TmeSim.Analysis.Contrasts;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Science.Tests;

/// <summary>
/// One arm with the step of the scenario and with half of it, replicate by replicate from the same state at t = 0, so that chance of the
/// burn-in is not taken for an effect of the step. From t = 0 on each of the two has random numbers of its own, used nowhere else: cells
/// and vessels that are there at t = 0 were selected by those of the burn-in.
/// </summary>
internal sealed class StepHalving
{
    private readonly string[] _names;
    private readonly double[][] _whole;
    private readonly double[][] _half;

    private StepHalving(string[] names, int replicates)
    {
        _names = names;
        (_whole, _half) = (new double[replicates][], new double[replicates][]);
    }

    /// <param name="yaml">Scenario text.</param>
    /// <param name="arm">Arm to run.</param>
    /// <param name="fromDay">Measures are means of the daily rows from this day to the end of the arm.</param>
    /// <param name="sets">Changes as <c>--set</c> takes them.</param>
    public static StepHalving Run(string yaml, string arm, double fromDay, params string[] sets)
    {
        ScenarioDefinition scenario = Cohort.Read(yaml, sets);
        var columns = new MeasureColumns(scenario);
        var result = new StepHalving([.. columns.All.Skip(MeasureColumns.Keys).Select(c => c.Name)], scenario.Replicates);
        ArmPlan plan = scenario.Arms.First(a => a.Name == arm);
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, scenario.Replicates), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            replicate =>
            {
                using var burnIn = new Simulation(scenario.Plan, replicate);
                burnIn.RunBurnIn();
                double step = scenario.Plan.Time.StepHours;
                result._whole[replicate] = Arm(scenario, columns, burnIn, plan, step, fromDay, 1_000_000 + replicate);
                result._half[replicate] = Arm(scenario, columns, burnIn, plan, step / 2, fromDay, 2_000_000 + replicate);
            });
        return result;
    }

    /// <summary>Mean with the whole step, and the difference of half and whole step relative to it, with its 95 % interval.</summary>
    public StepEffect Effect(string measure)
    {
        int column = Array.IndexOf(_names, measure);
        double[] whole = [.. _whole.Select(row => row[column])], half = [.. _half.Select(row => row[column])];
        double mean = MonteCarloError.Of(whole).Mean;
        MonteCarloError difference = MonteCarloError.Of([.. half.Zip(whole, (h, w) => (h - w) / mean)]);

        // Student's t at 0.975 with n − 1 degrees of freedom, to 0.3 % for n of 16 and more (Cornish-Fisher).
        double n = difference.Count - 1, z = 1.959964;
        double t = z + (z * z * z + z) / (4 * n) + (5 * Math.Pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * n * n);
        return new StepEffect(mean, difference.Mean, t * difference.StandardError);
    }

    private static double[] Arm(ScenarioDefinition scenario, MeasureColumns columns, Simulation burnIn, ArmPlan arm, double stepHours, double fromDay, int numbers)
    {
        SimulationPlan plan = scenario.Plan with { Time = scenario.Plan.Time with { StepHours = stepHours, BurnInHours = 0 } };
        using var simulation = new Simulation(plan, numbers);
        using SimulationSnapshot end = burnIn.Capture();
        simulation.Branch(end);
        simulation.BeginArm(arm);
        var reader = new MeasureReader(columns, simulation);
        double[] sums = new double[columns.Measures.Count];
        int rows = 0, days = (int)Math.Round(plan.Time.DurationHours / 24);
        for (int day = 1; day <= days; day++)
        {
            while (simulation.TimeHours < day * 24 - 1e-6)
            {
                simulation.Step();
            }

            Assert.False(simulation.HasEnded);
            if (day >= fromDay)
            {
                double[] row = reader.Read(simulation, 0, arm.Parameters);
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += row[i];
                }

                rows++;
            }
        }

        return [.. sums.Select(sum => sum / rows)];
    }
}

/// <summary>Effect of half the step on a mean.</summary>
/// <param name="Mean">Mean with the whole step.</param>
/// <param name="Relative">Difference of half and whole step, relative to the mean.</param>
/// <param name="HalfWidth">Half width of its 95 % interval.</param>
internal readonly record struct StepEffect(double Mean, double Relative, double HalfWidth);
