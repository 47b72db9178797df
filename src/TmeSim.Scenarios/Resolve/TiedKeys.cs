using TmeSim.Scenarios.Keys;

namespace TmeSim.Scenarios.Resolve;

/// <summary>What one entry of <c>vary:</c> leads to: a key, or several that take the same value.</summary>
/// <param name="Entry">What it is called there, as written.</param>
/// <param name="Path">The path with members by name and stars as written; of keys that are listed, all of them.</param>
/// <param name="IsVariable">The entry is the name of a variable, not a path.</param>
/// <param name="Keys">Paths of the keys, at least one, each once.</param>
/// <param name="Without">Members that a star passed over, since they do not have the key.</param>
/// <param name="Spec">What may stand there: the row of the key table, with the range that all keys share.</param>
internal sealed record TiedKeys(string Entry, string Path, bool IsVariable, IReadOnlyList<string> Keys, IReadOnlyList<string> Without,
    KeySpec Spec);
