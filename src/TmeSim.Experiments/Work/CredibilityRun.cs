using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Work;

/// <summary>What a run folder, and those beside it, say of the credibility of the run.</summary>
internal sealed class CredibilityRun
{
    /// <summary>Measure whose mean is looked at.</summary>
    public const string Measure = "tumor_volume_change";

    // Lines of resolved.yaml that say how finely time and space are cut.
    private static readonly (string Line, string Name)[] Grains = [("  step:", "step"), ("  spacing:", "spacing")];

    private readonly FinishedRun _run;
    private readonly TimeSeriesTable _table;
    private readonly double _precision;

    /// <param name="run">The run.</param>
    /// <param name="precision">Half-width that a mean of <see cref="Measure"/> should have, above 0.</param>
    /// <exception cref="RunFolderException">Its tables cannot be read.</exception>
    public CredibilityRun(FinishedRun run, double precision) => (_run, _table, _precision) = (run, run.TimeSeries(), precision);

    /// <summary>Versions, identity and fingerprints.</summary>
    public CredibilitySection Versions() => new("Versions and hashes",
    [
        Held("Tool",
            $"TmeSim {_run.Manifest.ToolVersion}{(_run.Manifest.Commit is { } commit ? $", commit {commit}" : "")}, model "
                + $"{_run.Manifest.ModelVersion}, {_run.Manifest.Runtime}, {_run.Manifest.OperatingSystem}"),
        Held("Scenario",
            $"{_run.Manifest.Scenario}: identity {_run.Manifest.IdentityHash}, seed {_run.Manifest.Seed}, resolved in "
                + $"{ResultFiles.Scenario}"),
        Held("State", $"a fingerprint of the state for each arm and replicate, {_run.Manifest.Done.Count} in all, in {ResultFiles.Manifest}"),
        _run.Manifest.HasSums ? Held("Files", _run.Damage.Count == 0
            ? $"{_run.Manifest.Files.Count} files are as they were written (SHA-256)"
            : $"{_run.Damage.Count} files are damaged and left out: " + string.Join("; ", _run.Cautions))
            : NotHeld("Files", "the run is of a version that kept no checksums"),
        NotHeld("Repetition",
            $"whether the same scenario gives the same bits here is not tried by this command: tmesim verify "
                + $"{Path.GetFileName(_run.Directory)}"),
    ]);

    /// <summary>Replicates until the mean at the end is stable.</summary>
    public CredibilitySection Replicates()
    {
        List<IReadOnlyList<string>> rows = [];
        int most = 0;
        bool known = true;
        foreach ((string arm, string lesion) in _table.Rows.Select(r => (r.Arm, r.Lesion)).Distinct())
        {
            double[] values = Last(_table, arm, lesion);
            StableMean all = StableMean.Of(values, _precision), half = StableMean.Of(values.Take((values.Length + 1) / 2), _precision);
            rows.Add([arm, lesion, $"{all.Count}", Number(all.Mean), Number(half.HalfWidth), Number(all.HalfWidth),
                all.Needed?.ToString(CultureInfo.InvariantCulture) ?? "too few to tell"]);
            known &= all.Needed is not null;
            most = Math.Max(most, all.Needed ?? 0);
        }

        int have = _run.Manifest.Replicates;
        return new("Calculation verification: replicates",
        [
            known && most <= have ? Held("Stable mean",
                $"with {have} replicates every mean of {Measure} at the last time is known to ± {Number(_precision)} or better (95 %)")
                : NotHeld("Stable mean", known
                    ? $"{have} replicates do not give every mean of {Measure} at the last time to ± {Number(_precision)}: {most} would "
                        + $"(--replicates {most})"
                    : $"{(have == 1 ? "1 replicate is" : $"{have} replicates are")} too few to say how many would give a mean of {Measure} to ± {Number(_precision)}"),
        ])
        { Table = (["Arm", "Lesion", "n", $"Mean of {Measure}", "Half-width of its 95 % interval with half of them", "with all",
            "Replicates needed"], rows) };
    }

    /// <summary>The same scenario with another step or spacing, in the folders beside this one.</summary>
    public CredibilitySection Convergence()
    {
        string own = Grainless(_run.Directory, out string[] grains);
        List<IReadOnlyList<string>> rows = [];
        HashSet<(string Name, bool IsFiner)> told = [];
        foreach (string beside in Beside().Where(d => d != _run.Directory && FolderKinds.Of(d) == FolderKind.Run))
        {
            if (Grainless(beside, out string[] others) != own || Single(grains, others) is not { } grain || Opened(beside) is not { } other)
            {
                continue;
            }

            TimeSeriesTable table = other.TimeSeries();
            string name = Grains[grain.Index].Name,
                what = $"{name} {others[grain.Index]} for {grains[grain.Index]}, {(grain.IsFiner ? "finer" : "coarser")}";
            told.Add((name, grain.IsFiner));
            foreach ((string arm, string lesion) in _table.Rows.Select(r => (r.Arm, r.Lesion)).Distinct())
            {
                StableMean here = StableMean.Of(Last(_table, arm, lesion), _precision),
                    there = StableMean.Of(Last(table, arm, lesion), _precision);
                double half = Math.Sqrt((here.HalfWidth * here.HalfWidth) + (there.HalfWidth * there.HalfWidth));
                rows.Add([what, arm, lesion, Number(here.Mean), Number(there.Mean), double.IsNaN(half) ? Number(there.Mean - here.Mean)
                    : $"{Number(there.Mean - here.Mean)} ± {Number(half)}", Path.GetFileName(beside)]);
            }
        }

        const string read = "see the table; ± adds the intervals of both as independent samples";
        CredibilityItem Item(string name, string option) => told.Contains((name, true))
            ? Held($"Convergence with the {name}", $"a run with a finer {name} stands beside this one: {read}")
            : told.Contains((name, false)) ? Held($"Convergence with the {name}",
                $"this run is the finer of two, one with a coarser {name} stands beside it and none with a finer one: {read}")
            : NotHeld($"Convergence with the {name}",
                $"no run beside this one differs in its {name} alone; {option} into the same folder gives one");
        return new("Calculation verification: step and lattice",
            [Item("step", "tmesim run resolved.yaml --set \"time.step=30 min\" --out"),
                Item("spacing", "tmesim run resolved.yaml --set \"tissue.spacing=10 um\" --out")])
        { Table = (["Change", "Arm", "Lesion", $"{Measure} here", "with it", "Difference", "Folder"], rows) };
    }

    /// <summary>What the burn-in was asked for and reached.</summary>
    public CredibilityItem Baseline()
    {
        int all = _run.Manifest.Baseline.Sum(b => b.SetPoints.Count),
            within = _run.Manifest.Baseline.Sum(b => b.SetPoints.Count(s => s.Within));
        return all == 0 ? NotHeld("Baseline", "nothing was asked of the tissue at t = 0")
            : Held("Baseline", $"{within} of {all} set-points of the burn-in were reached within their tolerance");
    }

    /// <summary>Sweeps of the scenario in the folders beside.</summary>
    public CredibilityItem Sensitivity()
    {
        string[] sweeps = [.. Beside().Where(d => FolderKinds.Of(d) == FolderKind.Sweep && NameOf(d) is { } name
            && name == NameOf(_run.Directory)).Select(d => Path.GetFileName(d)!)];
        return sweeps.Length > 0 ? Held("Sweeps of this scenario", string.Join(", ", sweeps))
            : NotHeld("Sweeps of this scenario", "none stands beside the run; a `sweep:` block with method morris or saltelli makes one");
    }

    /// <summary>The scenario of the run.</summary>
    public ScenarioDefinition Scenario => _run.Scenario([]);

    private static double[] Last(TimeSeriesTable table, string arm, string lesion)
    {
        int column = table.Column(Measure);
        return column < 0 ? [] : [.. table.Rows.Where(r => r.Arm == arm && r.Lesion == lesion).GroupBy(r => r.Replicate).OrderBy(g => g.Key)
            .Select(g => g.MaxBy(r => r.TimeDays)!.Values[column])];
    }

    private IEnumerable<string> Beside() => Path.GetDirectoryName(_run.Directory) is { } parent
        ? Directory.EnumerateDirectories(parent).Order(StringComparer.Ordinal) : [];

    private static FinishedRun? Opened(string directory)
    {
        try
        {
            return FinishedRun.Open(directory);
        }
        catch (Exception e) when (e is RunFolderException or DamagedRunException)
        {
            return null;
        }
    }

    // The one grain in which two runs differ, and whether the other is the finer; null where they differ in both, in none, or not by a
    // number of one unit.
    private static (int Index, bool IsFiner)? Single(string[] here, string[] there)
    {
        int[] differ = [.. Enumerable.Range(0, Grains.Length).Where(g => here[g] != there[g])];
        return differ is [int one] && here[one].Split(' ') is [string own, string unit]
            && there[one].Split(' ') is [string other, string same]
            && unit == same && double.TryParse(own, NumberStyles.Float, CultureInfo.InvariantCulture, out double a)
            && double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out double b) && a != b ? (one, b < a) : null;
    }

    // The scenario without its step and spacing, and these. Replicates may differ too.
    private static string Grainless(string directory, out string[] grains)
    {
        string path = Path.Combine(directory, ResultFiles.Scenario);
        string[] lines = File.Exists(path) ? [.. RegularFile.ReadLines(path)] : [];
        string Value(string start) => lines.FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal))?[start.Length..].Trim()
            ?? "";
        grains = [.. Grains.Select(g => Value(g.Line))];
        return string.Join('\n', lines.Where(l => !l.StartsWith("replicates:", StringComparison.Ordinal)
            && !Grains.Any(g => l.StartsWith(g.Line, StringComparison.Ordinal))));
    }

    private static string? NameOf(string directory) => File.Exists(Path.Combine(directory, ResultFiles.Scenario))
        ? RegularFile.ReadLines(Path.Combine(directory, ResultFiles.Scenario)).FirstOrDefault(l =>
            l.StartsWith("name:", StringComparison.Ordinal)) : null;

    private static CredibilityItem Held(string topic, string text) => new(topic, CredibilityStatus.Held, text);

    private static CredibilityItem NotHeld(string topic, string text) => new(topic, CredibilityStatus.NotHeld, text);

    private static string Number(double value) => double.IsFinite(value)
        ? value.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−') : "not defined";
}
