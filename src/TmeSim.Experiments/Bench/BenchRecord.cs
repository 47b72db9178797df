using System.Globalization;
using System.Text.Json.Serialization;

namespace TmeSim.Experiments.Bench;

/// <summary>One measured figure. Only what was measured is set.</summary>
public sealed record BenchRecord
{
    /// <summary>step, cycle, solve_warm, solve_cold, scaling, patient_year, bytes_per_site or startup.</summary>
    public required string Name { get; init; }

    /// <summary>Name, size and diagonal, for messages.</summary>
    [JsonIgnore]
    public string Title => string.Join(' ', ((string?[])[Name, Size is null ? null : string.Join('x', Size), Diagonal]).Where(p => p is not null));

    /// <summary>Sites along x, y, z.</summary>
    public int[]? Size { get; init; }

    public int? Threads { get; init; }

    /// <summary>Nanoseconds per site: median over batches.</summary>
    public double? NsPerSite { get; init; }

    /// <summary>Largest residual left: max |r / diagonal| over max |c|.</summary>
    public double? Residual { get; init; }

    /// <summary>Factor by which a cycle reduces the residual.</summary>
    public double? Reduction { get; init; }

    /// <summary>
    /// Of a field's equation: "same" on every site, as for IFN-γ, CXCL9/10, the suppressive field and DAMP, or "varying".
    /// </summary>
    public string? Diagonal { get; init; }

    /// <summary>Mean multigrid cycles of a solve.</summary>
    public double? Cycles { get; init; }

    /// <summary>Speed of two threads over that of one: median over pairs.</summary>
    public double? Ratio { get; init; }

    /// <summary>Wall time: median over batches [s].</summary>
    public double? Seconds { get; init; }

    /// <summary>Bytes of site arrays per site.</summary>
    public double? Bytes { get; init; }

    /// <summary>Days simulated, where a time was scaled up from fewer than it names.</summary>
    public double? MeasuredDays { get; init; }

    /// <summary>A quarter of the batches lies below, in the unit of the figure.</summary>
    public double? Low { get; init; }

    /// <summary>A quarter of the batches lies above, in the unit of the figure.</summary>
    public double? High { get; init; }

    /// <summary>Batches measured.</summary>
    public int? Batches { get; init; }

    /// <summary>Share of the time in which the work waited for a core that other programs held, 0 to 1; where the system tells.</summary>
    public double? Waited { get; init; }

    /// <summary>Batches during which code was still being compiled; not set when there was none.</summary>
    public int? Compiling { get; init; }

    /// <summary>This figure with the spread of its batches, which are in its unit.</summary>
    public BenchRecord With(BatchTimes times)
    {
        ArgumentNullException.ThrowIfNull(times);
        return this with
        {
            Low = times.Low,
            High = times.High,
            Batches = times.Count,
            Waited = times.Waited,
            Compiling = times.Compiling > 0 ? times.Compiling : null,
        };
    }
}

/// <summary>All figures of one machine.</summary>
/// <param name="Simd">Widest vectors that the hardware runs: Vector512, Vector256, Vector128 or none.</param>
/// <param name="Cores">Logical processors.</param>
/// <param name="Benchmarks">Figures in order of measurement.</param>
/// <param name="OtherCores">Cores that other programs kept busy meanwhile, on the mean; null where the system does not tell.</param>
/// <param name="Stolen">Share of the cores that the host of a virtual machine took meanwhile, 0 to 1; null where the system does not tell.</param>
public sealed record BenchResult(string Simd, int Cores, IReadOnlyList<BenchRecord> Benchmarks, double? OtherCores, double? Stolen)
{
    /// <summary>What makes figures worse than those of a free machine; empty when nothing did.</summary>
    public IReadOnlyList<string> Warnings => [.. Disturbances()];

    private IEnumerable<string> Disturbances()
    {
        string[] waited = [.. Benchmarks.Where(r => r.Waited > BatchTimes.WaitedAtMost).Select(r => $"{r.Title} {Percent(r.Waited)} of its time")];
        if (waited.Length > 0)
        {
            yield return $"waited for a core that another program held: {string.Join(", ", waited)}; these figures are those of a busy machine";
        }

        if (OtherCores > CoreWatch.OthersAtMost)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"other programs kept {OtherCores:0.0} of {Cores} cores busy meanwhile; shared caches and power make figures worse even without waiting");
        }

        if (Stolen > CoreWatch.StolenAtMost)
        {
            yield return $"the host of this virtual machine took {Percent(Stolen)} of its cores meanwhile";
        }

        foreach (BenchRecord r in Benchmarks.Where(r => r.Compiling > 0))
        {
            yield return $"{r.Title}: code was still being compiled during {r.Compiling} of {r.Batches} batches; the figure is not that of a steady state";
        }
    }

    private static string Percent(double? share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
