using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Drugs;

/// <summary>A drug block as a plan.</summary>
internal static class DrugBuilder
{
    private const string Oral = "one_compartment_oral";
    private static readonly string[] OralKeys = ["absorption", "volume", "half_life"];
    private static readonly string[] InfusionKeys = ["clearance", "central_volume", "intercompartmental_clearance", "peripheral_volume"];

    public static DrugPlan Build(MapValue drug) => new()
    {
        Name = drug.Text("name"),
        Class = drug.Text("class") == "antibody" ? DrugClass.Antibody : DrugClass.SmallMolecule,
        MolarMassKDa = drug.Number("molar_mass"),
        Pk = Pk(drug.Map("pk")),
        Partition = drug.Number("partition"),
        Effects = [.. drug.Members("effects")
        .Select(e => new DrugEffect(DrugTargets.Find(e.Text("target")) ?? default, e.Number("kd"), e.Number("max_effect")))],
    };

    /// <summary>Looks whether the numbers belong to the model of the pharmacokinetics, and are all there.</summary>
    public static void Check(MapValue drug, DiagnosticSink sink)
    {
        MapValue pk = drug.Map("pk");
        if (!pk.IsGood || pk.IsDefault || !pk.Scalar("model").IsGood)
        {
            return;
        }

        bool oral = pk.Text("model") == Oral;
        foreach (string key in (oral ? OralKeys : InfusionKeys).Where(k => pk[k] is null))
        {
            sink.Error(pk.Mark, pk.Path,
                $"'{key}' is missing ({pk.Text("model")} needs {string.Join(", ", oral ? OralKeys : InfusionKeys)})");
        }

        foreach (string key in (string[])(oral ? [.. InfusionKeys, "infusion"] : OralKeys))
        {
            if (pk[key] is Value { IsGood: true } odd)
            {
                sink.Error(odd.Mark, odd.Path,
                    $"belongs to {(oral ? "two_compartment_iv" : Oral)}, but the model is {pk.Text("model")}; remove it or change the model");
            }
        }
    }

    private static PkPlan Pk(MapValue pk) => pk.Text("model") == Oral
        ? new OralPlan(Number(pk, "absorption"), Number(pk, "volume"), Number(pk, "half_life"))
        : new TwoCompartmentPlan(
            Number(pk, "clearance"), Number(pk, "central_volume"), Number(pk, "intercompartmental_clearance"),
            Number(pk, "peripheral_volume"),
            Number(pk, "infusion"));

    // 1 stands in for what is missing, which Check reports; an infusion takes an hour unless said otherwise.
    private static double Number(MapValue pk, string key) => pk.Optional(key)?.Number ?? 1;
}
