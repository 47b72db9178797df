using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TmeSim.Engine.Extensions;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Canonical text of what decides the bits of a run, and its hash.</summary>
internal static class Identity
{
    /// <summary>SHA-256 (hex) over the plan and all arms with their names.</summary>
    public static string Scenario(SimulationPlan plan, IEnumerable<ArmPlan> arms)
    {
        StringBuilder text = new();
        Common(text, plan);
        foreach (LesionPlan lesion in plan.Lesions)
        {
            text.Append("lesion name ").Append(lesion.Name).Append('\n');
        }

        foreach (ArmPlan arm in arms)
        {
            text.Append("arm ").Append(arm.Name).Append('\n');
            Arm(text, arm);
        }

        return Hash(text);
    }

    /// <summary>SHA-256 (hex) over the plan and one arm, names of arm and lesions left out: a renamed arm has the same bits.</summary>
    public static string OfArm(SimulationPlan plan, ArmPlan arm)
    {
        StringBuilder text = new();
        Common(text, plan);
        Arm(text, arm);
        return Hash(text);
    }

    /// <summary>SHA-256 (hex) over the plan without arms and names: arms of such plans can share a burn-in.</summary>
    public static string OfPlan(SimulationPlan plan)
    {
        StringBuilder text = new();
        Common(text, plan);
        return Hash(text);
    }

    /// <summary>SHA-256 (hex) over one course: two arms that share it give the same doses.</summary>
    public static string OfCourse(TherapyCourse course)
    {
        StringBuilder text = new();
        Course(text, course);
        return Hash(text);
    }

    /// <summary>SHA-256 (hex) over the parameters and mechanisms of an arm, its therapy left out.</summary>
    public static string OfSettings(ArmPlan arm)
    {
        StringBuilder text = new();
        Settings(text, arm.Parameters, arm.Mechanisms);
        Changes(text, arm);
        return Hash(text);
    }

    private static string Hash(StringBuilder text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

    private static void Common(StringBuilder text, SimulationPlan plan)
    {
        text.Append("tmesim identity 1\nseed ").Append(plan.Seed).Append('\n');
        Row(text, "time", plan.Time.StepHours, plan.Time.BurnInHours, plan.Time.DurationHours);
        Row(text, "tissue", plan.Tissue.Nx, plan.Tissue.Ny, plan.Tissue.Nz, plan.Tissue.SpacingUm, plan.Tissue.HasCoarseSignals ? 2 : 1);
        if (plan.Tissue.Tiles > 1)
        {
            Row(text, "tiles", plan.Tissue.Tiles);
        }

        foreach (LesionPlan l in plan.Lesions)
        {
            Row(text, "lesion", l.DiameterMm, l.RadiusUm, l.DoublingTimeHours, l.Antigenicity, l.Nek9, (int)l.Pattern, l.Cd8PerMm2,
                l.MacrophagesPerMm2, l.Cd163Fraction, l.VesselsPerMm2, l.VesselMaturity, l.StromaDensity);
            // Left out where they say nothing, so that older scenarios keep their names.
            if (l.Traits != TumorTraits.Average)
            {
                Row(text, "traits", l.Traits.Ccl2, l.Traits.Csf1, l.Traits.Cxcl, l.Traits.Vegf);
            }

            if (l.Table is { } table)
            {
                text.Append("cells ").Append(OfCells(table)).Append('\n');
            }

            if (l.Reference is { } reference)
            {
                Row(text, "reference", [reference.GrowthPerDay, reference.DivisionCapacity,
                    .. reference.Multipliers.OrderBy(m => m.Key).Select(m => m.Value)]);
            }

            foreach (ClonePlan c in l.Clones)
            {
                Row(text, "clone", c.Fraction, c.Antigenicity, c.Nek9, (int)c.Lof);
            }
        }

        PatientPlan p = plan.Patient;
        Row(text, "patient", p.Nlr, p.WeightKg, p.ChildPugh, p.MeanLiverDoseGy);
        if (p is not { LymphocyteSupply: 1, MonocyteSupply: 1 })
        {
            Row(text, "supply", p.LymphocyteSupply, p.MonocyteSupply);
        }

        Settings(text, plan.Parameters, plan.Mechanisms);
        if (plan.Extension is { Version.Length: > 0 } extension)
        {
            Extension(text, extension, plan.Lesions);
        }
    }

    private static string OfCells(CellTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> cell = stackalloc byte[(3 * sizeof(double)) + 1 + (7 * sizeof(float))];
        for (int i = 0; i < table.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(cell, table.X[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(cell[8..], table.Y[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(cell[16..], table.Z[i]);
            cell[24] = (byte)table.Cells[i];
            for (int mark = 0; mark < 7; mark++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(cell[(25 + (4 * mark))..], table.Mark((CellMark)mark, i) is var value && float.IsNaN(value) ? -1 : value);
            }

            hash.AppendData(cell);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Rules are code: their version stands for them.
    private static void Extension(StringBuilder text, ModelExtension extension, IReadOnlyList<LesionPlan> lesions)
    {
        text.Append("extension ").Append(extension.Version).Append('\n');
        foreach (ImmuneKind kind in extension.Kinds)
        {
            Row(text, $"kind {kind.Key} {string.Join(' ', kind.Classes.Select(c => c.State))}", [.. lesions.Select(kind.PerMm2)]);
        }

        foreach (SignalField field in extension.Fields)
        {
            Row(text, $"field {field.Key}", field.DiffusivityUm2PerHour, field.DecayPerHour);
        }

        Row(text, "sources", [.. extension.Sources.Select(s => (double)s.Field)]);
    }

    private static void Arm(StringBuilder text, ArmPlan arm)
    {
        Settings(text, arm.Parameters, arm.Mechanisms);
        foreach (TherapyCourse c in (IEnumerable<TherapyCourse>)[.. arm.Therapy, .. arm.Radiation])
        {
            Course(text, c);
        }

        Changes(text, arm);
    }

    private static void Changes(StringBuilder text, ArmPlan arm)
    {
        foreach (ArmChange change in arm.Changes)
        {
            Row(text, "change", change.AtHours);
            Settings(text, change.Parameters, change.Mechanisms);
        }
    }

    private static void Course(StringBuilder text, TherapyCourse course)
    {
        switch (course)
        {
            case DrugCourse c:
                DrugPlan d = c.Drug;
                Row(text, "course", c.DoseMg);
                Timing(text, c);
                Row(text, "drug", (int)d.Class, d.MolarMassKDa, d.Partition);
                Pk(text, d.Pk);
                foreach (DrugEffect e in d.Effects)
                {
                    Row(text, "effect", (int)e.Target, e.KdNm, e.MaxEffect);
                }

                break;
            case RadiationCourse c:
                Row(text, "radiation", c.Lesion, c.FractionGy, c.Coverage, c.PenumbraUm, c.LinearAbove ? 1 : 0, c.Weekends ? 1 : 0);
                if (c.Map is { } map)
                {
                    Row(text, "dose map", [map.Axes.X.Count, map.Axes.Y.Count, map.Axes.Z.Count, .. map.Axes.X, .. map.Axes.Y, .. map.Axes.Z, .. map.Shares]);
                }

                Timing(text, c);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(course), course, "a course without an identity");
        }
    }

    private static void Timing(StringBuilder text, TherapyCourse c) => Row(
        text, "timing", c.StartHours, c.EveryHours ?? -1, c.Cycles ?? -1, c.StopHours ?? -1, c.UntilProgression ? 1 : 0,
        (int?)c.Until?.Measure ?? -1, c.Until is { Above: true } ? 1 : 0, c.Until?.Threshold ?? 0);

    private static void Pk(StringBuilder text, PkPlan plan)
    {
        switch (plan)
        {
            case TwoCompartmentPlan p:
                Row(text, "infusion", p.ClearanceLPerDay, p.CentralVolumeL, p.ExchangeLPerDay, p.PeripheralVolumeL, p.InfusionHours);
                break;
            case OralPlan p:
                Row(text, "oral", p.AbsorptionPerHour, p.VolumeL, p.HalfLifeHours);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(plan), plan, "pharmacokinetics without an identity");
        }
    }

    // Keys, not positions: a parameter added later leaves the text of the others alone.
    private static void Settings(StringBuilder text, ParameterSet parameters, MechanismSet mechanisms)
    {
        foreach (ParameterInfo info in ParameterTable.All)
        {
            Row(text, info.Key, parameters[info.Id]);
        }

        foreach (MechanismInfo info in MechanismTable.All)
        {
            Row(text, info.Key, mechanisms.IsOn(info.Id) ? 1 : 0);
        }
    }

    private static void Row(StringBuilder text, string key, params ReadOnlySpan<double> values)
    {
        text.Append(key);
        foreach (double value in values)
        {
            text.Append(' ').Append(Quantity.Format(value));
        }

        text.Append('\n');
    }
}
