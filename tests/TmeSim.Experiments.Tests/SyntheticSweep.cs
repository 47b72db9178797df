using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests;

/// <summary>A sweep whose outputs are a function of its factors: its journal is written without a simulation.</summary>
internal sealed class SyntheticSweep : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SweepFolder _sweep;
    private readonly SweepSession _session;

    /// <param name="sweep">The <c>sweep:</c> block, its lines not indented.</param>
    /// <param name="value">Value of an output; NaN for none.</param>
    /// <param name="replicates">Replicates.</param>
    /// <param name="arms">Arms; null for those of the small scenario.</param>
    /// <param name="lesions">Lesions, alike.</param>
    /// <param name="left">Runs that are missing.</param>
    /// <param name="fails">Runs that failed.</param>
    /// <param name="ended">Day [d] on which a tumour came near the wall; null for runs that went on to the end. What is undefined for that is up to the values.</param>
    public SyntheticSweep(string sweep, Func<Place, double> value, int replicates = 2, string? arms = null, int lesions = 1, Func<Place, bool>? left = null, Func<Place, bool>? fails = null, Func<Place, double?>? ended = null)
    {
        string block = "\nsweep:\n  " + sweep.Trim().ReplaceLineEndings("\n  ") + "\n";
        string text = (arms is null ? SmallScenario.Text : SmallScenario.WithArms("Small", arms)).Replace("replicates: 2", $"replicates: {replicates}", StringComparison.Ordinal);
        int from = text.IndexOf("  - name: primary", StringComparison.Ordinal), to = text.IndexOf("arms:", StringComparison.Ordinal);
        string lesion = text[from..to];
        for (int i = 1; i < lesions; i++)
        {
            text = text.Insert(to, lesion.Replace("primary", $"second {i}", StringComparison.Ordinal));
        }

        ScenarioResult read = ScenarioReader.ReadText(text + block);
        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        Scenario = read.Definition!;
        Request = new SweepRequest { Scenario = Scenario, Folder = System.IO.Path.Combine(_folder.Path, "sweep"), Plots = [FigureFormat.Svg] };
        _session = SweepSession.Plan(Request, TestContext.Current.CancellationToken);
        _sweep = _session.Folder;
        Write(value, left ?? (_ => false), fails ?? (_ => false), ended ?? (_ => null));
        Data = new SweepData(Scenario, _session.Points, _session.Results());
    }

    /// <summary>A value that is asked for.</summary>
    internal readonly record struct Place(double[] X, int Point, int Arm, int Replicate, int Lesion, int Output);

    public ScenarioDefinition Scenario { get; }

    public SweepRequest Request { get; }

    public SweepData Data { get; }

    public SweepSensitivity Sensitivity => SweepSensitivity.Of(Data);

    /// <summary>What the page opens with.</summary>
    public string Answer => SweepAnswer.Of(Data, Sensitivity, _session.Points);

    public string Path => _sweep.Path;

    /// <summary>Draws the report as a sweep does at its end.</summary>
    public SweepOutcome Merge() => SweepMerge.Execute(Request, [], TestContext.Current.CancellationToken);

    public string[] Figures() => [.. Directory.GetFiles(_sweep.In("figures"), "*.svg").Select(f => System.IO.Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public string Text(string file) => File.ReadAllText(_sweep.In(file));

    public void Dispose() => _folder.Dispose();

    private void Write(Func<Place, double> value, Func<Place, bool> left, Func<Place, bool> fails, Func<Place, double?> ended)
    {
        int outputs = Scenario.Sweep!.Outputs.Count;
        FactorColumn[] factors = [.. Scenario.Sweep.Factors.Select((f, i) => new FactorColumn(f, f.Label, [.. Enumerable.Range(0, _session.Points.Count).Select(p => _session.Points.Design.Levels(p)[i])]))];
        using JournalWriter journal = JournalWriter.Open(_sweep, "local", _session.Columns.Header, _ => { });
        HashSet<RunId> written = [];
        foreach ((RunId run, PointArm at) in _session.Tasks.All.SelectMany(t => t.Runs))
        {
            int replicate = Enumerable.Range(0, Scenario.Replicates).First(r => _session.Points.Run(at.Point, at.Arm, r) == run);
            var place = new Place([.. factors.Select(f => f.Values[at.Point])], at.Point, at.Arm, replicate, 0, 0);
            if (left(place) || !written.Add(run))
            {
                continue;
            }

            double[] values = [.. Enumerable.Range(0, outputs * Scenario.Plan.Lesions.Count).Select(i => value(place with { Lesion = i / outputs, Output = i % outputs }))];
            bool failed = fails(place);
            journal.Add([], end => new JournalRow(run, failed ? "oxygen < 0" : null, failed ? [] : values, ended(place) ?? 6, "0", 1, end) { EndedEarly = ended(place) is not null });
        }
    }
}
