using TmeSim.Engine;
using TmeSim.Engine.Cells;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;

namespace TmeSim.Experiments;

/// <summary>
/// The tissue of one lesion at one time, without halo: arrays are row-major, x fastest, then y, then z.
/// </summary>
public sealed record TissueSnapshot
{
    public required string Arm { get; init; }

    public required int Replicate { get; init; }

    public required string Lesion { get; init; }

    /// <summary>Time after t = 0 [d].</summary>
    public required double TimeDays { get; init; }

    public required int Nx { get; init; }

    public required int Ny { get; init; }

    public required int Nz { get; init; }

    /// <summary>Site spacing [µm].</summary>
    public required double SpacingUm { get; init; }

    /// <summary>0 empty, 1 hepatocyte, 2 tumour cell, 3 dying, 4 necrotic.</summary>
    public required byte[] Parenchyma { get; init; }

    /// <summary>0 none, 1 CD8 T cell, 2 exhausted CD8 T cell, 3 macrophage CD163−, 4 macrophage CD163+.</summary>
    public required byte[] Immune { get; init; }

    /// <summary>Clone of the tumour cell at a site; 0 elsewhere too.</summary>
    public required ushort[] CloneIndex { get; init; }

    /// <summary>Perfusion of the vessel at a site, 0 for none.</summary>
    public required float[] VesselPerfusion { get; init; }

    /// <summary>The nine fields by <see cref="FieldId"/>, units of <see cref="FieldTable"/>.</summary>
    public required IReadOnlyList<float[]> Fields { get; init; }

    /// <summary>Copies the state of a lesion.</summary>
    internal static TissueSnapshot Take(Simulation simulation, int lesion, ArmPlan arm)
    {
        LesionState state = simulation.Lesions[lesion];
        LatticeShape shape = state.Shape;
        float exhausted = (float)arm.Parameters[Parameter.Cd8ExhaustedThreshold];
        float cd163 = (float)arm.Parameters[Parameter.MacrophageCd163Threshold];
        byte[] immune = new byte[shape.SiteCount];
        for (int i = 0; i < state.Cd8.Count; i++)
        {
            immune[Index(shape, state.Cd8.Site[i])] = (byte)(state.Cd8.Exhaustion[i] > exhausted ? 2 : 1);
        }

        for (int i = 0; i < state.Macrophages.Count; i++)
        {
            immune[Index(shape, state.Macrophages.Site[i])] = (byte)(state.Macrophages.Score[i] > cd163 ? 4 : 3);
        }

        float[] perfusion = new float[shape.SiteCount];
        for (int i = 0; i < state.Vessels.Count; i++)
        {
            perfusion[Index(shape, state.Vessels.Site[i])] = state.Vessels.Perfusion[i];
        }

        return new TissueSnapshot
        {
            Arm = arm.Name,
            Replicate = simulation.Replicate,
            Lesion = simulation.Plan.Lesions[lesion].Name,
            TimeDays = simulation.TimeHours / 24,
            Nx = shape.Nx,
            Ny = shape.Ny,
            Nz = shape.Nz,
            SpacingUm = shape.SpacingUm,
            Parenchyma = Dense(shape, state.ParenchymaCodes),
            Immune = immune,
            CloneIndex = Dense(shape, state.CloneIndex),
            VesselPerfusion = perfusion,
            Fields = [.. state.Fields.Select(f => Dense(shape, f))],
        };
    }

    private static int Index(LatticeShape shape, int site)
    {
        (int x, int y, int z) = shape.Coordinates(site);
        return (((z * shape.Ny) + y) * shape.Nx) + x;
    }

    private static T[] Dense<T>(LatticeShape shape, SiteArray<T> array)
        where T : unmanaged
    {
        var dense = new T[shape.SiteCount];
        for (int row = 0; row < shape.Rows; row++)
        {
            array.Span.Slice(shape.RowStart(row), shape.Nx).CopyTo(dense.AsSpan(row * shape.Nx));
        }

        return dense;
    }
}
