using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>Overlays one node tree on another: mappings merge, lists with named members merge by name, other values replace.</summary>
internal static class Overlay
{
    public static YamlNode Merge(YamlNode below, YamlNode above, KeySpec? spec) => (below, above) switch
    {
        (YamlMapping b, YamlMapping a) => Mappings(b, a, spec),
        (YamlSequence b, YamlSequence a) when spec?.Key.Identity is not null => Lists(b, a, spec),
        _ => above,
    };

    private static YamlMapping Mappings(YamlMapping below, YamlMapping above, KeySpec? spec)
    {
        YamlMapping merged = new(above.Mark);
        foreach (YamlEntry entry in below.Entries)
        {
            merged.TryAdd(entry.Key, entry.KeyMark, entry.Value);
        }

        foreach (YamlEntry entry in above.Entries)
        {
            YamlNode? old = merged[entry.Key];
            merged.Set(entry.Key, entry.KeyMark, old is null ? entry.Value : Merge(old, entry.Value, spec?.Child(entry.Key)));
        }

        return merged;
    }

    // Members pair by identity; where one stands several times (two courses of a drug), the first pairs with the first.
    private static YamlSequence Lists(YamlSequence below, YamlSequence above, KeySpec spec)
    {
        YamlSequence merged = new(above.Mark);
        merged.Items.AddRange(below.Items);
        HashSet<int> taken = [];
        int old = below.Items.Count;
        foreach (YamlNode item in above.Items)
        {
            string? id = MemberName.Of(item, spec.Key);
            int match = id is null ? -1 : merged.Items.FindIndex(0, old, i => MemberName.Of(i, spec.Key) == id);
            while (match >= 0 && !taken.Add(match))
            {
                match = merged.Items.FindIndex(match + 1, old - match - 1, i => MemberName.Of(i, spec.Key) == id);
            }

            if (match < 0)
            {
                merged.Items.Add(item);
            }
            else
            {
                merged.Items[match] = Mappings((YamlMapping)merged.Items[match], (YamlMapping)item, spec);
            }
        }

        return merged;
    }
}
