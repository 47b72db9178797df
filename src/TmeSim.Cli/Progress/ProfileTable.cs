using System.Globalization;
using TmeSim.Engine.Observers;
using TmeSim.Engine.State;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Progress;

/// <summary>A profile as text.</summary>
internal static class ProfileTable
{
    public static void Write(TextWriter writer, StepProfile profile)
    {
        writer.WriteLine($"{"part of a step",-24} {"ns/site",8} {"share",7}");
        double total = profile.NsPerSite();
        foreach (StepPhase phase in Enum.GetValues<StepPhase>())
        {
            writer.WriteLine(
                $"{phase.ToString().ToLowerInvariant(),-24} {Text(profile.NsPerSite(phase), "0.00"),8} "
                + $"{Text(100 * profile.NsPerSite(phase) / total, "0.0") + " %",7}");
        }

        writer.WriteLine($"{"all",-24} {Text(total, "0.00"),8}   over {profile.Steps} steps");
        writer.WriteLine($"{"field",-24} {"cycles",8} {"largest residual",17}");
        foreach (FieldInfo field in FieldTable.All)
        {
            writer.WriteLine(
                $"{field.Key,-24} {Text(profile.CyclesPerStep(field.Id), "0.00"),8} {Text(profile.LargestResidual(field.Id), "0.0e0"),17}");
        }
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
