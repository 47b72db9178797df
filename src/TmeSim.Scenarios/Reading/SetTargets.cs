using TmeSim.Scenarios.Keys;

namespace TmeSim.Scenarios.Reading;

/// <summary>What a path led to.</summary>
/// <param name="Pattern">The path with its members by name where that is enough, else by index, and stars as written.</param>
/// <param name="All">What was set, in file order; one without a star in the path.</param>
/// <param name="Without">Members of the list at the first star that do not have what follows.</param>
internal sealed record SetTargets(string Pattern, IReadOnlyList<SetTarget> All, IReadOnlyList<string> Without);

/// <summary>One place that was set.</summary>
/// <param name="Spec">Row of the key table.</param>
/// <param name="Path">The path with its members by name where that is enough, else by index.</param>
internal sealed record SetTarget(KeySpec Spec, string Path);
