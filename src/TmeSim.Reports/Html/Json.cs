using System.Text.Json;

namespace TmeSim.Reports.Html;

/// <summary>What the indexes of a page share.</summary>
internal static class Json
{
    public static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }
}
