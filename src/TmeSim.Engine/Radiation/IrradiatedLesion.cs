using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Radiation;

/// <summary>
/// A number of equal fractions in the full field: biological doses [Gy], and the share of oxic cells that survives without a sensitiser.
/// </summary>
/// <param name="BedGy">Biologically effective dose −ln S/α, which is n d (1 + d/(α/β)) where the model is linear-quadratic.</param>
/// <param name="Eqd2Gy">Dose in fractions of 2 Gy with the same effect.</param>
/// <param name="Surviving">Share (0–1) of cells that survives.</param>
public readonly record struct FractionsDose(double BedGy, double Eqd2Gy, double Surviving)
{
    /// <summary>What so many fractions of a course do with the parameters of its arm.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="course">The course.</param>
    /// <param name="fractions">How many.</param>
    /// <param name="share">Share of the named dose that each gives.</param>
    public static FractionsDose Of(ArmPlan arm, RadiationCourse course, int fractions, double share = 1)
    {
        double alpha = arm.Parameters[Parameter.RadiationAlpha], ratio = arm.Parameters[Parameter.RadiationAlphaBeta];
        double bend = course.LinearAbove ? arm.Parameters[Parameter.RadiationLinearThreshold] : double.PositiveInfinity;
        double killed = fractions * new CellSurvival(alpha, alpha / ratio, bend).LogKill(course.FractionGy * share);
        double bed = course.LinearAbove && alpha > 0 ? killed / alpha : CellSurvival.Bed(fractions, course.FractionGy * share, ratio);
        return new FractionsDose(bed, bed / (1 + 2 / ratio), DetMath.Exp(-killed));
    }
}

/// <summary>
/// What the fractions of an arm leave of a lesion, on the lattice and in the clinical lesion that the lattice stands for. Nothing else
/// acts: oxic cells, no sensitiser, no penumbra, no regrowth, no immune system.
/// </summary>
/// <param name="Lesion">Index of the lesion.</param>
/// <param name="Fractions">Fractions that fall due within the run, of all courses on the lesion.</param>
/// <param name="BedGy">BED where all fields are full [Gy].</param>
/// <param name="Eqd2Gy">EQD2 where all fields are full [Gy].</param>
/// <param name="Surviving">Share (0–1) of all tumour cells, those outside the fields too, that survives.</param>
/// <param name="TileCells">Tumour cells on the lattice at t = 0.</param>
/// <param name="LesionCells">Tumour cells that they stand for.</param>
public sealed record IrradiatedLesion(int Lesion, int Fractions, double BedGy, double Eqd2Gy, double Surviving, int TileCells,
    double LesionCells)
{
    /// <summary>Survivors to expect on the lattice.</summary>
    public double TileSurvivors => TileCells * Surviving;

    /// <summary>Survivors to expect in the clinical lesion.</summary>
    public double LesionSurvivors => LesionCells * Surviving;

    /// <summary>Fewer than one survivor on the lattice, one or more in the lesion: a cure on the lattice says how small it is.</summary>
    public bool OnlyTheTileIsCleared => TileSurvivors < 1 && LesionSurvivors >= 1;

    /// <summary>The irradiated lesions of an arm, in the order of the plan.</summary>
    public static IReadOnlyList<IrradiatedLesion> Of(SimulationPlan plan, ArmPlan arm) =>
        [.. arm.Radiation.GroupBy(c => c.Lesion).OrderBy(g => g.Key).Select(g => Of(plan, arm, g.Key, [.. g]))];

    private static IrradiatedLesion Of(SimulationPlan plan, ArmPlan arm, int lesion, RadiationCourse[] courses)
    {
        (RadiationCourse Course, int Fractions, FractionsDose Dose)[] given =
        [
            .. courses.OrderBy(c => c.Coverage).Select(c => (Course: c, Fractions: Due(c, plan.Time.DurationHours)))
                .Select(c => (c.Course, c.Fractions, FractionsDose.Of(arm, c.Course, c.Fractions))),
        ];

        // All fields of a lesion are cut from one side, so a wider one holds the narrower ones.
        double surviving = 0, covered = 0;
        for (int i = 0; i < given.Length; i++)
        {
            surviving += (given[i].Course.Coverage - covered) * given.Skip(i).Aggregate(1.0, (share, c) => share * c.Dose.Surviving);
            covered = given[i].Course.Coverage;
        }

        LesionPlan target = plan.Lesions[lesion];
        surviving = given.All(c => c.Course.Map is null) ? surviving + (1 - covered)
            : given.Aggregate(1.0, (share, c) => share * Left(plan, arm, c.Course, c.Fractions, target.RadiusUm));
        return new IrradiatedLesion(
            lesion, given.Sum(c => c.Fractions), given.Sum(c => c.Dose.BedGy), given.Sum(c => c.Dose.Eqd2Gy), surviving,
            plan.Tissue.CellsWithin(target.RadiusUm), target.ClinicalCells(plan.Tissue.SpacingUm));
    }

    // Share of the cells of a tumour in the middle of the lattice that a course leaves, whatever others do.
    private static double Left(SimulationPlan plan, ArmPlan arm, RadiationCourse course, int fractions, double radiusUm) =>
        course.Map?.Mean(plan.Tissue, share => FractionsDose.Of(arm, course, fractions, share).Surviving, radiusUm)
        ?? 1 - (course.Coverage * (1 - FractionsDose.Of(arm, course, fractions).Surviving));

    private static int Due(RadiationCourse course, double durationHours)
    {
        int most = course.EveryHours is null ? 1 : course.Cycles ?? int.MaxValue, due = 0;
        double end = Math.Min(course.StopHours ?? double.PositiveInfinity, durationHours);
        while (due < most && course.DueHours(due) < end)
        {
            due++;
        }

        return due;
    }
}
