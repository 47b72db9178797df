using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Resolve;

/// <summary>A drug block as a plan.</summary>
internal static class DrugBuilder
{
    public static DrugPlan Build(MapValue drug)
    {
        MapValue pk = drug.Map("pk");
        return new DrugPlan
        {
            Name = drug.Text("name"),
            Class = drug.Text("class") == "antibody" ? DrugClass.Antibody : DrugClass.SmallMolecule,
            MolarMassKDa = drug.Number("molar_mass"),
            Pk = new PkPlan(
                pk.Number("clearance"), pk.Number("central_volume"), pk.Number("intercompartmental_clearance"),
                pk.Number("peripheral_volume"), pk.Number("infusion")),
            Partition = drug.Number("partition"),
            Effects = [.. drug.Members("effects").Select(e => new DrugEffect(Target(e.Text("target")), e.Number("kd"), e.Number("max_effect")))],
        };
    }

    private static DrugTarget Target(string text) => text switch
    {
        "pdl1" => DrugTarget.PdL1,
        "pd1" => DrugTarget.Pd1,
        "vegf" => DrugTarget.Vegf,
        _ => DrugTarget.Csf1r,
    };
}
