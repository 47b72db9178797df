using System.Globalization;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Validated values to the plan that all arms share, with the checks that need more than one value.</summary>
internal sealed class PlanBuilder(MapValue root, CellTableBuilder tables, DiagnosticSink sink)
{
    private static readonly Unit Hours = Unit.Of("h");
    private static readonly Unit Micrometres = Unit.Of("um");
    private readonly ReferenceBuilder _reference = new(root, sink);
    private readonly List<ReadTable> _tables = [];

    /// <summary>Tables of cells that lesions start from.</summary>
    public IReadOnlyList<ReadTable> Tables => _tables;

    public SimulationPlan Build(ParameterSet defaults, MechanismSet switches)
    {
        ParameterSet parameters = Overrides.Parameters(defaults, root.Map("parameters"));
        ReferencePlan? reference = _reference.Build();
        TissuePlan tissue = Tissue();
        SimulationPlan plan = new()
        {
            Seed = root.Seed("seed"),
            Time = Time(),
            Tissue = tissue,
            Lesions = [.. root.Members("lesions").Select(l => WithCells(l, Lesion(l, reference), tissue))],
            Patient = Patient(),
            Parameters = parameters,
            Mechanisms = Overrides.Mechanisms(switches, root.Map("mechanisms")),
        };
        new ParameterChecks(sink).Check(parameters, root.Map("parameters"), plan);
        new FitChecks(sink).Check(plan, root);
        CheckAntigenLoss(plan.Mechanisms);
        return plan;
    }

    // Off by default, so a clone that lacks the antigen would be intact without a word.
    private void CheckAntigenLoss(MechanismSet mechanisms)
    {
        foreach (MapValue clone in root.Members("lesions").SelectMany(l => l.Map("tumor").Members("clones")))
        {
            if (clone["lof"] is ListValue lost && !mechanisms.IsOn(Mechanism.ClonesAntigenLoss)
                && lost.Scalars.Any(g => g.IsGood && g.Text == Genes.Text(Genotype.Antigen)))
            {
                sink.Warn(lost.Mark, lost.Path, "loss of the antigen has no effect without `mechanisms: {clones.antigen_loss: on}`");
            }
        }
    }

    /// <summary>Number of steps in an interval, or null when it is no whole number of them.</summary>
    internal static bool IsMultiple(double interval, double step)
    {
        double ratio = interval / step;
        return Math.Abs(ratio - Math.Round(ratio)) <= 1e-9 * Math.Max(1, ratio);
    }

    private TimePlan Time()
    {
        MapValue time = root.Map("time");
        bool given = root.Members("lesions").Any(l => l["cells"] is MapValue);
        ScalarValue burnIn = time.Scalar("burn_in");
        if (given && !burnIn.IsDefault && burnIn.IsGood && burnIn.In(Hours) > 0)
        {
            sink.Error(burnIn.Mark, burnIn.Path, "a lesion starts from a table of cells, which a burn-in would grow into another tissue; leave it out or write 0 d");
        }

        TimePlan plan = new(time.In("step", Hours), given ? 0 : burnIn.In(Hours), time.In("duration", Hours));
        foreach (string key in (string[])["burn_in", "duration", "record_every", "snapshot_every"])
        {
            if (time.Optional(key) is { IsGood: true } value && time.Scalar("step").IsGood && !IsMultiple(value.In(Hours), plan.StepHours))
            {
                double down = Math.Max(1, Math.Floor(value.In(Hours) / plan.StepHours)) * plan.StepHours;
                sink.Error(value.Mark, value.Path,
                    $"{value.Text} is no multiple of the step of {time.Text("step")}; write for example '{Quantity.Format(down)} h'");
            }
        }

        if (time.Scalar("record_every") is { IsGood: true } record && time.Optional("snapshot_every") is { IsGood: true } snapshot
            && snapshot.In(Hours) < record.In(Hours))
        {
            sink.Warn(snapshot.Mark, snapshot.Path,
                $"snapshots ({snapshot.Text}) are more frequent than rows of the time series ({record.Text})");
        }

        return plan;
    }

    private TissuePlan Tissue()
    {
        MapValue tissue = root.Map("tissue");
        ListValue size = (ListValue)tissue["size"]!;
        ScalarValue spacing = tissue.Scalar("spacing");
        double spacingUm = spacing.In(Micrometres);
        List<int> sites = [];
        foreach (ScalarValue edge in size.Scalars)
        {
            double count = edge.In(Micrometres) / spacingUm;
            if (edge.IsGood && spacing.IsGood && !IsMultiple(edge.In(Micrometres), spacingUm))
            {
                sink.Error(edge.Mark, edge.Path,
                    $"{edge.Text} is no multiple of the spacing of {spacing.Text}; write for example "
                    + $"'{Quantity.Format(Math.Max(1, Math.Floor(count)) * spacingUm)} um'");
            }

            sites.Add((int)Math.Clamp(Math.Round(count), 1, 1_000_000));
        }

        sites = sites.Count switch { 0 => [1, 1, 1], 1 => [sites[0], sites[0], 1], 2 => [sites[0], sites[1], 1], _ => sites };
        if (LatticeShape.LengthOf(sites[0], sites[1], sites[2]) is long elements and > LatticeShape.LargestLength)
        {
            sink.Error(size.Mark, size.Path,
                string.Create(CultureInfo.InvariantCulture,
                $"{sites[0]} x {sites[1]} x {sites[2]} sites take {elements} places with their padding; at most "
                + $"{LatticeShape.LargestLength} can be numbered; make tissue.size smaller"));
        }

        if (spacing.IsGood && spacingUm != 20)
        {
            sink.Warn(spacing.Mark, spacing.Path,
                $"{spacing.Text} differs from the cell diameter of 20 um; a site holds one cell, so densities and rules were chosen for 20 "
                + "um");
        }

        return new TissuePlan(sites[0], sites[1], sites[2], spacingUm)
        {
            Tiles = (int)tissue.Number("tiles"),
            Signals = Enum.Parse<SignalSpacing>(root.Map("fields").Text("signal_spacing"), ignoreCase: true),
        };
    }

    // The radius is that of a nodule of as many tumour cells.
    private LesionPlan WithCells(MapValue block, LesionPlan lesion, TissuePlan tissue)
    {
        if (block["cells"] is not MapValue cells || tables.Build(cells, lesion.Name, tissue) is not { } table)
        {
            return lesion;
        }

        _tables.Add(table);
        int tumor = table.Cells.Cells.Index().Count(c => c.Item == TableCell.Tumor && table.Placement.Site[c.Index] >= 0);
        double radius = tissue.Dimensions == 3 ? Math.Cbrt(3 * tumor / (4 * Math.PI)) : Math.Sqrt(tumor / Math.PI);
        return lesion with { Table = table.Cells, RadiusUm = radius * tissue.SpacingUm };
    }

    private LesionPlan Lesion(MapValue lesion, ReferencePlan? reference)
    {
        _reference.CheckPattern(lesion.Map("immune").Scalar("pattern"));
        MapValue tumor = lesion.Map("tumor");
        MapValue immune = lesion.Map("immune");
        List<ClonePlan> clones = [.. tumor.Members("clones").Select(c => new ClonePlan(
            c.Text("name"),
            c.Number("fraction"),
            c.Optional("antigenicity")?.Number ?? tumor.Number("antigenicity"),
            c.Optional("nek9")?.Number ?? tumor.Number("nek9"))
        {
            Lof = Genes.Set((c["lof"] as ListValue)?.Scalars.Where(g => g.IsGood).Select(g => g.Text) ?? []),
        })];
        double sum = clones.Sum(c => c.Fraction);
        if (sum > 1 + 1e-12)
        {
            Value list = tumor["clones"]!;
            sink.Error(list.Mark, list.Path,
                $"the fractions add to {Quantity.Format(Math.Round(sum, 9))}; at most 1, the founding clone takes the rest");
        }

        return new LesionPlan
        {
            Name = lesion.Text("name"),
            DiameterMm = lesion.Number("diameter"),
            RadiusUm = tumor.In("radius", Micrometres),
            DoublingTimeHours = tumor.In("doubling_time", Hours),
            Antigenicity = tumor.Number("antigenicity"),
            Nek9 = tumor.Number("nek9"),
            Clones = clones,
            Pattern = Enum.Parse<ImmunePattern>(immune.Text("pattern"), ignoreCase: true),
            Cd8PerMm2 = _reference.Level(lesion, "immune", "cd8"),
            MacrophagesPerMm2 = _reference.Level(lesion, "immune", "macrophages"),
            Cd163Fraction = _reference.Level(lesion, "immune", "cd163_fraction"),
            VesselsPerMm2 = _reference.Level(lesion, "vessels", "density"),
            VesselMaturity = _reference.Level(lesion, "vessels", "maturity"),
            StromaDensity = lesion.Map("stroma").Number("density"),
            Traits = new TumorTraits(tumor.Number("ccl2"), tumor.Number("csf1"), tumor.Number("cxcl"), tumor.Number("vegf")),
            Reference = reference,
        };
    }

    private PatientPlan Patient()
    {
        MapValue patient = root.Map("patient");
        return new PatientPlan(patient.Number("nlr"), patient.Number("weight"), patient.Text("child_pugh")[0],
            patient.Number("mean_liver_dose"))
        {
            LymphocyteSupply = patient.Number("lymphocyte_supply"), MonocyteSupply = patient.Number("monocyte_supply"),
        };
    }
}
