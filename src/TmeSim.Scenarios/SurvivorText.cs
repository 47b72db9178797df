using System.Globalization;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;

namespace TmeSim.Scenarios;

/// <summary>What is expected to survive radiotherapy, in words; the same in diagnostics, on the terminal and in reports.</summary>
public static class SurvivorText
{
    /// <summary>What an emptied tile means for reading a result.</summary>
    public const string Artefact =
        "A cure, and whatever follows from an empty tile, is then an artefact of its size; read the course before it is empty, or make "
            + "tumor.radius and tissue.size larger";

    /// <summary>
    /// "3 x 8 Gy (BED 43.2 Gy, EQD2 36 Gy) leave about 0.012 of 5,027 simulated cells and 14,000 of the 6.0e9 cells of the lesion of 45
    /// mm".
    /// </summary>
    public static string Of(SimulationPlan plan, ArmPlan arm, IrradiatedLesion lesion)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(lesion);
        string doses = string.Join(" + ", arm.Radiation.Where(c => c.Lesion == lesion.Lesion).Select(c =>
            string.Create(CultureInfo.InvariantCulture,
                $"{c.Cycles ?? 1} x {c.FractionGy:0.##} Gy{(c.Coverage < 1 ? $" at coverage {c.Coverage:0.##}" : "")}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{doses} (BED {lesion.BedGy:0.#} Gy, EQD2 {lesion.Eqd2Gy:0.#} Gy) leave about {Cells(lesion.TileSurvivors)} of "
            + $"{lesion.TileCells:#,0} simulated cells, and {Cells(lesion.LesionSurvivors)} of the {Cells(lesion.LesionCells)} cells of "
            + $"the {plan.Lesions[lesion.Lesion].DiameterMm:0.#} mm lesion {plan.Lesions[lesion.Lesion].Name} that they stand for (oxic, "
            + $"without other therapy)");
    }

    /// <summary>A number of cells with two digits: 0.012, 14,000, 6.0e9.</summary>
    public static string Cells(double cells) => cells switch
    {
        0 => "0",
        < 1e-3 or >= 1e7 => cells.ToString("0.0e0", CultureInfo.InvariantCulture),
        < 1 => cells.ToString("G2", CultureInfo.InvariantCulture),
        < 100 => cells.ToString("0.#", CultureInfo.InvariantCulture),
        _ => (Math.Round(cells / Math.Pow(10, Math.Floor(Math.Log10(cells)) - 1)) * Math.Pow(10, Math.Floor(Math.Log10(cells)) - 1))
        .ToString("#,0", CultureInfo.InvariantCulture),
    };
}
