using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>How a member of a list is called in paths and when files are overlaid.</summary>
internal static class MemberName
{
    /// <summary>
    /// Text of the identity key; where that may be left out, text of the other one (<c>regimen</c>), or the name of the block that stands in
    /// its place (<c>radiotherapy</c>).
    /// Null for a member without a name.
    /// </summary>
    public static string? Of(YamlNode item, ScenarioKey list)
    {
        if (list.Identity is not string identity || item is not YamlMapping mapping)
        {
            return null;
        }

        return mapping[identity] is YamlScalar { IsNull: false } scalar ? scalar.Text
            : list.OtherIdentity is { } other && mapping[other] is YamlScalar { IsNull: false } name ? name.Text
            : list.IdentityOptional ? mapping.Entries.FirstOrDefault(e => e.Value is YamlMapping)?.Key : null;
    }

    /// <summary>
    /// What a path calls the member: its identity, or the text of the key that names it there. Null for a member without a name.
    /// </summary>
    public static string? InPath(YamlNode item, ScenarioKey list) => list.PathName is not { } key ? Of(item, list)
        : item is YamlMapping mapping && mapping[key] is YamlScalar { IsNull: false } scalar ? scalar.Text : null;
}
