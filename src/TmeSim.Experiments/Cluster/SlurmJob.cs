using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TmeSim.Experiments.Cluster;

/// <summary>What a sweep asks of Slurm. Texts go to sbatch as they are.</summary>
public sealed record SlurmOptions
{
    /// <summary>Partition; null for the default one.</summary>
    public string? Partition { get; init; }

    /// <summary>Time limit of a task, as sbatch takes it (2:00:00); null for that of the partition.</summary>
    public string? Time { get; init; }

    /// <summary>Memory of a task, as sbatch takes it (2G); null for the default.</summary>
    public string? Memory { get; init; }

    /// <summary>Cores of a task, which runs as many simulations at once; at least 1.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Tasks of the array, at least 1; null for as many as there is work for, at most 1000.</summary>
    public int? ArraySize { get; init; }

    /// <summary>Tasks at once; null for no limit.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Further options of sbatch (--account=…).</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>Do not wait: tasks write their journals, a later call merges them.</summary>
    public bool Detach { get; init; }

    /// <summary>How often tasks that ended without finishing their work are submitted again, at least 0.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>Command that starts this program, word by word.</summary>
    public required IReadOnlyList<string> Tool { get; init; }
}

/// <summary>A job array that was submitted: slurm/job.json.</summary>
/// <param name="Id">Number of the job.</param>
/// <param name="Shards">Parts that the sweep is cut into.</param>
internal sealed record SlurmJob(long Id, int Shards)
{
    public string ToJson() => new JsonObject { ["job"] = Id, ["shards"] = Shards }.ToJsonString() + "\n";

    /// <summary>Reads what <see cref="ToJson"/> wrote; null for anything else.</summary>
    public static SlurmJob? Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new SlurmJob(document.RootElement.GetProperty("job").GetInt64(), document.RootElement.GetProperty("shards").GetInt32());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>"1-3,7": numbers in rising order, runs of them as ranges.</summary>
    public static string Ranges(IReadOnlyList<int> numbers)
    {
        List<string> parts = [];
        for (int i = 0; i < numbers.Count; i++)
        {
            int first = i;
            while (i + 1 < numbers.Count && numbers[i + 1] == numbers[i] + 1)
            {
                i++;
            }

            parts.Add(first == i ? numbers[i].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{numbers[first]}-{numbers[i]}"));
        }

        return string.Join(',', parts);
    }
}
