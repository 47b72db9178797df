using System.Text;
using TmeSim.Analysis.Cohorts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Resolve;

/// <summary>The <c>cohort:</c> block: traits by stratum, their correlations, and who is enrolled.</summary>
internal sealed class CohortBuilder(MapValue block, Varied varied, DiagnosticSink sink)
{
    // Screened patients for each that is enrolled, before inclusion is called impossible.
    private const int MostScreened = 1000, FewestScreened = 10_000;

    private readonly List<string> _paths = [];
    private readonly Dictionary<string, TraitSource> _common = new(StringComparer.Ordinal);
    private readonly List<(string Name, double Share, Dictionary<string, TraitSource> Traits)> _strata = [];

    /// <summary>The cohort, or null after an error.</summary>
    /// <param name="table">Reads <c>table</c>.</param>
    public CohortPlan? Build(PatientTableReader table)
    {
        if (block.Optional("table") is { } file)
        {
            return Foreign() ? null : table.Read(file, block, Rules);
        }

        if (block.Optional("patients") is not { } patients)
        {
            sink.Error(block.Mark, block.Path, "needs 'patients', their number, or 'table', a file of them");
            return null;
        }

        bool good = patients.IsGood && Read(block, _common) & Strata();
        if (!good)
        {
            return null;
        }

        if (_paths.Count == 0)
        {
            sink.Error(block.Mark, block.Path, "nothing differs between patients; write `traits:`");
            return null;
        }

        if (_paths.Count + 1 > SobolSequence.MaximumDimensions)
        {
            sink.Error(block.Mark, block.Path, $"{_paths.Count} traits; at most {SobolSequence.MaximumDimensions - 1}");
            return null;
        }

        return Copula() is { } copula && Rules(Unit, _paths) is { } rules ? Sample((int)patients.Number, copula, rules) : null;
    }

    // Traits of a table stand in it.
    private bool Foreign()
    {
        bool found = false;
        foreach (string key in (string[])["traits", "strata", "correlations", "patients"])
        {
            if (block[key] is { IsDefault: false } extra)
            {
                sink.Error(extra.Mark, extra.Path, $"'{key}' does not go with a table of patients; remove one of them");
                found = true;
            }
        }

        return found;
    }

    private bool Read(MapValue owner, Dictionary<string, TraitSource> into)
    {
        if (owner["traits"] is not MapValue traits)
        {
            return true;
        }

        bool good = traits.IsGood;
        TraitBuilder builder = new(varied, sink);
        foreach ((string path, Value entry) in traits.Ordered)
        {
            TraitSource? source = entry is MapValue map ? builder.Build(path, map) : null;
            if (source is null)
            {
                good = false;
                continue;
            }

            string name = source.Target.Path;
            if (into.Values.FirstOrDefault(s => s.Target.Keys.Intersect(source.Target.Keys).Any()) is { } same)
            {
                sink.Error(entry.Mark, entry.Path, $"leads to '{same.Target.Path}', which has a distribution already");
                good = false;
            }
            else if (_common.GetValueOrDefault(name) is { } common && !ReferenceEquals(into, _common)
                && common.Unit?.Text != source.Unit?.Text)
            {
                sink.Error(entry.Mark, entry.Path,
                    $"is in {source.Unit?.Text ?? "words"}, in the cohort in {common.Unit?.Text ?? "words"}; give both in one unit");
                good = false;
            }
            else
            {
                into.Add(name, source);
                if (!_paths.Contains(name))
                {
                    _paths.Add(name);
                }
            }
        }

        return good;
    }

    private bool Strata()
    {
        bool good = true;
        foreach (MapValue stratum in block.Members("strata"))
        {
            Dictionary<string, TraitSource> traits = new(StringComparer.Ordinal);
            good &= stratum.IsGood && Read(stratum, traits);
            _strata.Add((stratum.Text("name"), stratum.Number("share"), traits));
        }

        return good;
    }

    private GaussianCopula? Copula()
    {
        int n = _paths.Count;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = 1;
        }

        MapValue? last = null;
        foreach (MapValue pair in block.Members("correlations"))
        {
            if (pair["between"] is not ListValue { IsGood: true } between || pair.Optional("r") is not { IsGood: true } r)
            {
                return null;
            }

            if (between.Items.Count != 2)
            {
                sink.Error(between.Mark, between.Path, $"a correlation is between two traits, and here are {between.Items.Count}");
                return null;
            }

            int[] places = [.. between.Scalars.Select(s => _paths.IndexOf(s.Text.Trim()))];
            if (places.Contains(-1))
            {
                ScalarValue wrong = between.Scalars.ElementAt(Array.IndexOf(places, -1));
                sink.Error(wrong.Mark, wrong.Path,
                    $"no trait is called '{Excerpt.Of(wrong.Text)}'{Suggestion.Clause(wrong.Text, _paths, "traits")}");
                return null;
            }

            (int a, int b) = (places[0], places[1]);
            if (a == b || matrix[(a * n) + b] != 0 || Math.Abs(r.Number) >= 1)
            {
                sink.Error(pair.Mark, pair.Path, a == b ? "is the correlation of a trait with itself" : Math.Abs(r.Number) >= 1
                    ? "a correlation of 1 or -1 makes two traits one; vary one and leave the other"
                        : $"'{_paths[a]}' and '{_paths[b]}' have a correlation already");
                return null;
            }

            matrix[(a * n) + b] = matrix[(b * n) + a] = r.Number;
            last = pair;
        }

        try
        {
            return new GaussianCopula(matrix, n);
        }
        catch (NotPositiveDefiniteException e)
        {
            sink.Error(last!.Mark, $"{block.Path}.correlations",
                $"the correlations contradict each other (their matrix is not positive definite): no patients can have those of "
                + $"'{_paths[e.Variable]}' beside those of the traits before it; make some of them smaller");
            return null;
        }
    }

    private string? Unit(string subject) =>
        _common.GetValueOrDefault(subject) is { } common ? common.Unit?.Text ?? string.Empty
        : _strata.Count > 0 && _strata.All(s => s.Traits.ContainsKey(subject)) ? _strata[0].Traits[subject].Unit?.Text ?? string.Empty
        : null;

    // Words that a trait is drawn from; null for a table, whose words are checked by its reader.
    private List<string>? Words(string subject)
    {
        TraitSource[] sources = [.. _strata.Select(s => s.Traits.GetValueOrDefault(subject)).Append(_common.GetValueOrDefault(subject)).OfType<TraitSource>()];
        return sources.Length == 0 ? null : [.. sources.SelectMany(s => s.Values.Select(v => v.Level.Text)).Distinct()];
    }

    private List<CohortRule>? Rules(Func<string, string?> unitOf, IReadOnlyList<string> known)
    {
        if (block["include"] is not ListValue list)
        {
            return [];
        }

        return new RuleReader(sink, unitOf, known, mayBeMedian: false, _ => false, Words).Read(list);
    }

    private CohortPlan? Sample(int count, GaussianCopula copula, List<CohortRule> rules)
    {
        ulong seed = block.Seed("seed");
        PatientDraws draws = new(seed, _paths.Count + 1, block.Text("sampling") == "sobol");
        double total = _strata.Sum(s => s.Share);
        List<VirtualPatient> patients = [];
        List<FactorLevel>[] levels = [.. _paths.Select(_ => new List<FactorLevel>())];
        int[] excluded = new int[rules.Count];
        int screened = 0, limit = Math.Max(FewestScreened, MostScreened * Math.Min(count, 10_000));
        for (; patients.Count < count; screened++)
        {
            if (screened == limit)
            {
                int worst = Array.IndexOf(excluded, excluded.Max());
                sink.Error(block["include"]!.Mark, $"{block.Path}.include",
                    $"of {screened} patients screened {patients.Count} of {count} could be enrolled; "
                    + $"'{rules[worst].Text}' turned {excluded[worst]} away");
                return null;
            }

            double[] shares = draws.Of(screened);
            double place = shares[0] * total;
            int stratum = 0;
            while (stratum < _strata.Count - 1 && place >= _strata[stratum].Share)
            {
                place -= _strata[stratum++].Share;
            }

            Span<double> own = shares.AsSpan(1);
            copula.Apply(own);
            FactorLevel[] values = new FactorLevel[_paths.Count];
            for (int t = 0; t < values.Length; t++)
            {
                TraitSource? source = _strata.Count > 0 && _strata[stratum].Traits.TryGetValue(_paths[t], out TraitSource? special)
                    ? special
                    : _common.GetValueOrDefault(_paths[t]);
                values[t] = source?.At(own[t]) ?? new FactorLevel(string.Empty, double.NaN);
            }

            int fails = rules.FindIndex(r => !Holds(r, values[_paths.IndexOf(r.Subject)]));
            if (fails >= 0)
            {
                excluded[fails]++;
                continue;
            }

            patients.Add(new VirtualPatient(screened, $"P{screened + 1:0000}", _strata.Count > 0 ? _strata[stratum].Name : string.Empty));
            for (int t = 0; t < values.Length; t++)
            {
                levels[t].Add(values[t]);
            }
        }

        CohortTrait[] traits = [.. _paths.Select((path, t) => Trait(path, levels[t]))];
        return new CohortPlan
        {
            Patients = patients, Traits = traits, Screened = screened, Include = [.. rules.Select((r, i) => (r, excluded[i]))],
            Strata = [.. _strata.Select(s => s.Name)], Seed = seed, Space = Space(rules, seed),
        };
    }

    private static bool Holds(CohortRule rule, FactorLevel level) => rule.Word.Length > 0 ? rule.Holds(level.Text)
        : rule.Holds(level.Number, rule.Value);

    private CohortTrait Trait(string path, List<FactorLevel> levels)
    {
        List<string> texts = [];
        TraitSource? first = _common.GetValueOrDefault(path);
        if (first is not null)
        {
            texts.Add(first.Text);
        }

        foreach ((string name, _, Dictionary<string, TraitSource> own) in _strata)
        {
            if (own.TryGetValue(path, out TraitSource? source))
            {
                texts.Add($"{name}: {source.Text}");
                first ??= source;
            }
        }

        return new CohortTrait(Factor(first!.Target, first.Label, first.Unit?.Text ?? string.Empty, levels), string.Join("; ", texts));
    }

    /// <summary>A factor whose values are those of the patients.</summary>
    public static SweepFactor Factor(TiedKeys target, string? label, string unit, IReadOnlyList<FactorLevel> levels) => new()
    {
        Entry = target.Entry, Path = target.Path, Keys = target.Keys, Without = target.Without, Label = label ?? target.Path, Unit = unit,
        IsWhole = target.Spec.Key.IsWhole, Levels = levels,
    };

    private string Space(List<CohortRule> rules, ulong seed)
    {
        StringBuilder text = new($"cohort {seed} {block.Text("sampling")}\n");
        void Add(string stratum, double share, Dictionary<string, TraitSource> traits)
        {
            text.Append($"{stratum} {share}\n");
            foreach ((string path, TraitSource source) in traits)
            {
                text.AppendJoin(" = ",
                    source.Target.Keys).Append(' ').Append(path).Append(' ').Append(source.Text).Append(' ').Append(source.Unit?.Text).Append('\n');
            }
        }

        Add("", 1, _common);
        foreach ((string name, double share, Dictionary<string, TraitSource> traits) in _strata)
        {
            Add(name, share, traits);
        }

        foreach (MapValue pair in block.Members("correlations"))
        {
            text.AppendJoin(' ', ((ListValue)pair["between"]!).Scalars.Select(s =>
                s.Text)).Append(' ').Append(pair.Number("r")).Append('\n');
        }

        return text.AppendJoin('\n', rules.Select(r => r.Text)).Append('\n').ToString();
    }
}
