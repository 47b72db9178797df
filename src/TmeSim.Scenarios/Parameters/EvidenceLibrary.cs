using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Parameters;

/// <summary>A claim of the literature that the simulator is held against.</summary>
/// <param name="Id">S0-01 … S4-40, X-01 ….</param>
/// <param name="Topic">File that holds it: primary_refractoriness, nek9, ….</param>
/// <param name="Claim">The claim in our own words.</param>
/// <param name="Numbers">Published numbers; "none" for a direction only.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Shows">What the simulator must show, with a proposed tolerance.</param>
public sealed record EvidenceEntry(string Id, string Topic, string Claim, string Numbers, string Source, string Shows);

/// <summary>The claims that TmeSim is held against (seeds/evidence).</summary>
public static class EvidenceLibrary
{
    private static readonly Lazy<IReadOnlyList<EvidenceEntry>> Entries = new(() => [.. Load().OrderBy(e => e.Id, StringComparer.Ordinal)]);

    /// <summary>All claims, by id.</summary>
    public static IReadOnlyList<EvidenceEntry> All => Entries.Value;

    /// <summary>The claim with this id, or null.</summary>
    public static EvidenceEntry? Find(string id) => All.FirstOrDefault(e => e.Id == id);

    private static IEnumerable<EvidenceEntry> Load() =>
        from YamlSequence file in SeedFiles.Read("evidence")
        let topic = Path.GetFileNameWithoutExtension(file.Mark.Source.Name)
        from item in file.Items
        select new EvidenceEntry(
            SeedFiles.Text(item, "id"), topic, SeedFiles.Text(item, "claim"), SeedFiles.Text(item, "numbers"),
            SeedFiles.Text(item, "source"), SeedFiles.Text(item, "shows"));
}
