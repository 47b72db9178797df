using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Results;

/// <summary>
/// Arms of a run that a tumour near the wall ended before their duration, in words: where many replicates end, a line for each would hide
/// the other warnings.
/// </summary>
internal static class EarlyEnds
{
    /// <summary>One line for each arm with such replicates.</summary>
    public static IEnumerable<string> Of(Manifest manifest) => manifest.Done.Where(d => d.EndedEarly).GroupBy(d => d.Arm).Select(arm =>
    {
        // The last fingerprint of an arm is that of its end.
        double[] days = [.. arm.Select(d => manifest.StateHashes.Where(h => h.Arm == d.Arm && h.Replicate == d.Replicate)
            .Select(h => h.TimeD).DefaultIfEmpty(double.NaN).Max())];
        return $"{arm.Key}: {arm.Count()} of {manifest.Done.Count(d => d.Arm == arm.Key)} replicates ended before their duration because a "
            + $"tumour came near the wall, on day {NumberText.Days((days.Min(), days.Max()))}. "
            + "Later values are missing, so medians and means there leave out the largest tumours; a larger tissue.size avoids it.";
    });
}
