using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Drugs;

/// <summary>Keeps a library's source from standing beside a number that a scenario changed.</summary>
internal static class DrugSources
{
    /// <summary>The drug with the sources of changed numbers replaced, unless the scenario wrote its own.</summary>
    public static MapValue Corrected(MapValue drug)
    {
        if (DrugLibrary.Find(drug.Text("name")) is not DrugEntry library)
        {
            return drug;
        }

        Dictionary<string, string> numbers = new(StringComparer.Ordinal);
        Collect(drug, drug.Path.Length + 1, numbers);
        MapValue sources = drug.Map("sources");
        MapValue corrected = new(sources.Spec, sources.Mark, sources.Path);
        foreach ((string path, Value value) in sources.Ordered)
        {
            MapValue source = (MapValue)value;
            DrugNumber? old = library.Numbers.FirstOrDefault(n => n.Path == path && n.Source == source.Text("source"));
            bool changed = old is not null && numbers.GetValueOrDefault(path) != old.Value;
            corrected.Add(path, changed ? Scenario(source, old!) : source);
        }

        MapValue copy = new(drug.Spec, drug.Mark, drug.Path);
        foreach ((string key, Value value) in drug.Ordered)
        {
            copy.Add(key, key == "sources" ? corrected : value);
        }

        return copy;
    }

    private static MapValue Scenario(MapValue source, DrugNumber old)
    {
        MapValue replaced = new(source.Spec, source.Mark, source.Path);
        replaced.Add("source", Word(source.Scalar("source"), $"Set by the scenario (library: {old.Value})"));
        replaced.Add("grade", Word(source.Scalar("grade"), "assumption"));
        return replaced;
    }

    private static ScalarValue Word(ScalarValue old, string text) => new(old.Spec, old.Mark, old.Path) { Text = text };

    private static void Collect(MapValue map, int prefix, Dictionary<string, string> numbers)
    {
        foreach (Value value in map.Ordered.Select(o => o.Value))
        {
            if (value is ScalarValue { IsWord: false } number)
            {
                numbers[number.Path[prefix..]] = number.Text;
            }
            else if (value is MapValue child)
            {
                Collect(child, prefix, numbers);
            }
            else if (value is ListValue list)
            {
                foreach (MapValue member in list.Maps)
                {
                    Collect(member, prefix, numbers);
                }
            }
        }
    }
}
