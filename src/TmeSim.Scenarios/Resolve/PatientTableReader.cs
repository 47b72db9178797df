using TmeSim.Analysis.Cohorts;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Reads a table of patients: a row each, a column for each key that differs.</summary>
internal sealed class PatientTableReader(Varied varied, string? rootDirectory, List<InputFile> inputs, DiagnosticSink sink)
{
    private const string Identifier = "patient", Stratum = "stratum";

    /// <summary>The cohort of a table, or null after an error.</summary>
    /// <param name="file">Name of the file as written.</param>
    /// <param name="block">The <c>cohort:</c> block.</param>
    /// <param name="readRules">Reads the rules of inclusion, given the units of what patients have.</param>
    public CohortPlan? Read(ScalarValue file, MapValue block, Func<Func<string, string?>, IReadOnlyList<string>,
        List<CohortRule>?> readRules)
    {
        if (!file.IsGood || DataFile.Read(file, rootDirectory, sink, inputs) is not var (text, name)
            || CsvTable.Read(text, sink) is not { } table)
        {
            return null;
        }

        if (table.RowCount == 0)
        {
            sink.Error(file.Mark, file.Path, $"'{name}' has a header and no patients");
            return null;
        }

        if (Columns(table, text) is not { } columns || Patients(table) is not { } all)
        {
            return null;
        }

        string? UnitOf(string subject) => columns.FirstOrDefault(c => c.Target.Path == subject) is { Target: not null } column
            ? column.Unit : null;
        if (readRules(UnitOf, [.. columns.Select(c => c.Target.Path)]) is not { } rules)
        {
            return null;
        }

        int[] excluded = new int[rules.Count];
        List<int> kept = [];
        for (int row = 0; row < all.Count; row++)
        {
            int fails = rules.FindIndex(r => columns.First(c => c.Target.Path == r.Subject).Levels[row] is var level
                && !(r.Word.Length > 0 ? r.Holds(level.Text) : r.Holds(level.Number, r.Value)));
            if (fails >= 0)
            {
                excluded[fails]++;
            }
            else
            {
                kept.Add(row);
            }
        }

        if (kept.Count == 0)
        {
            sink.Error(block["include"]!.Mark, $"{block.Path}.include", $"none of the {all.Count} patients of '{name}' fulfils all rules");
            return null;
        }

        return new CohortPlan
        {
            Patients = [.. kept.Select(r => all[r])],
            Traits = [.. columns.Select(c => new CohortTrait(CohortBuilder.Factor(c.Target, null, c.Unit,
                [.. kept.Select(r => c.Levels[r])]), $"from {name}"))],
            Screened = all.Count, Include = [.. rules.Select((r, i) => (r, excluded[i]))],
                Strata = [.. kept.Select(r => all[r].Stratum).Where(s => s.Length > 0).Distinct()],
            Seed = block.Seed("seed"),
                Space = $"cohort {block.Seed("seed")} table {text.Sha256}\n{string.Join('\n', rules.Select(r => r.Text))}\n",
            Table = (Path.GetFileName(name), text.Text),
        };
    }

    private List<VirtualPatient>? Patients(CsvTable table)
    {
        int id = table.Column(Identifier), stratum = table.Column(Stratum);
        List<VirtualPatient> patients = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        bool good = true;
        for (int row = 0; row < table.RowCount; row++)
        {
            string name = id >= 0 ? table.Text(row, id) : $"P{row + 1:0000}";
            if (name.Length == 0 || !seen.Add(name))
            {
                sink.Error(table.At(row, Math.Max(0, id)), null, name.Length == 0 ? "a patient without a name"
                    : $"the patient '{Excerpt.Of(name)}' stands twice");
                good = false;
            }

            patients.Add(new VirtualPatient(row, name, stratum >= 0 ? table.Text(row, stratum) : string.Empty));
        }

        return good ? patients : null;
    }

    private List<(TiedKeys Target, string Unit, List<FactorLevel> Levels)>? Columns(CsvTable table, SourceText text)
    {
        ScalarReader scalars = new(sink);
        KeySpec spec = ScenarioKeys.Root.Child("cohort")!;
        List<(TiedKeys, string, List<FactorLevel>)> columns = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        bool good = true;
        for (int c = 0; c < table.Header.Count; c++)
        {
            (string path, string suffix) = Heading(table.Header[c]);
            if (path is Identifier or Stratum)
            {
                continue;
            }

            Mark head = text.At(table.HeaderLine, 1);
            if (varied.FindTrait(path, new MapValue(spec, head, $"column '{path}'")) is not { } target)
            {
                good = false;
                continue;
            }

            if (target.Keys.FirstOrDefault(k => !keys.Add(k)) is { } twice)
            {
                sink.Error(head, null, $"two columns lead to '{twice}'");
                good = false;
                continue;
            }

            List<FactorLevel> levels = [];
            string? unit = null;
            for (int row = 0; row < table.RowCount; row++)
            {
                string cell = table.Text(row, c);
                ScalarValue? read = scalars.Read(new YamlScalar(table.At(row, c), suffix.Length > 0 && cell.Length > 0 ? $"{cell} {suffix}"
                    : cell), target.Spec, path);
                good &= read is not null;
                unit ??= read?.Unit?.Text ?? string.Empty;
                levels.Add(read is null ? new FactorLevel(string.Empty, double.NaN) : new FactorLevel(read.Text, read.Number));
            }

            columns.Add((target, unit!, levels));
        }

        if (good && columns.Count == 0)
        {
            sink.Error(text.Start, null, "no column names a key in which patients differ");
            good = false;
        }

        return good ? columns : null;
    }

    // "lesions[primary].diameter [mm]": a unit in brackets after a blank.
    private static (string Path, string Unit) Heading(string header)
    {
        int at = header.LastIndexOf(" [", StringComparison.Ordinal);
        return at > 0 && header.EndsWith(']') ? (header[..at].Trim(), header[(at + 2)..^1].Trim()) : (header.Trim(), string.Empty);
    }
}
