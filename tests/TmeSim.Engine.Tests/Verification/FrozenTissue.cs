using TmeSim.Engine.Fields;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine.Tests.Verification;

/// <summary>
/// Fields and vessels of the engine over cells that stay where they are: the tissue of a simulation, written onto another lattice.
/// Fields start at zero.
/// </summary>
internal sealed class FrozenTissue : IDisposable
{
    private readonly RowRunner _runner = new();
    private readonly LesionWorkspace _workspace;
    private readonly RandomKey _key;

    /// <param name="from">The simulation whose first lesion is copied.</param>
    /// <param name="shape">The lattice to copy it to.</param>
    /// <param name="site">Coordinates on that lattice → site of the simulation.</param>
    /// <param name="parameters">Parameters in place of those of the plan.</param>
    /// <param name="mechanisms">Switches in place of those of the plan.</param>
    /// <param name="hasVessel">False for coordinates that get no vessel although their site has one.</param>
    /// <param name="seed">Chooses the draws of vessels.</param>
    public FrozenTissue(
        Simulation from,
        LatticeShape shape,
        Func<int, int, int, int> site,
        ParameterSet? parameters = null,
        MechanismSet? mechanisms = null,
        Func<int, int, int, bool>? hasVessel = null,
        ulong seed = 1)
    {
        LesionState source = from.Lesions[0];
        Lesion = new LesionState(shape, source.Clones);
        foreach (MultiplierInfo multiplier in MultiplierTable.All)
        {
            Lesion.Multipliers[multiplier.Id] = source.Multipliers[multiplier.Id];
        }

        Lesion.Hepatocytes = 0;
        Dictionary<int, int> vessels = Enumerable.Range(0, source.Vessels.Count).ToDictionary(i => source.Vessels.Site[i]);
        foreach ((int to, int x, int y, int z) in Sites(shape))
        {
            int at = site(x, y, z);
            byte code = source.ParenchymaCodes[at];
            Lesion.ParenchymaCodes[to] = code;
            Lesion.CloneIndex[to] = source.CloneIndex[at];
            Lesion.Hepatocytes += code == Parenchyma.Hepatocyte ? 1 : 0;
            Lesion.TumorCells += code == Parenchyma.Tumor ? 1 : 0;
            int cell = source.Immune[at];
            if (ImmuneCode.Index(cell, ImmuneKinds.Cd8) is >= 0 and int cd8)
            {
                Occupancy.AddCd8(Lesion, (ulong)to, to, source.Cd8.Exhaustion[cd8], 0, 1);
                Lesion.Cd8.Target[Lesion.Cd8.Count - 1] = source.Cd8.Target[cd8] == 0 ? 0 : to;
            }
            else if (ImmuneCode.Index(cell, ImmuneKinds.Macrophages) is >= 0 and int macrophage)
            {
                Occupancy.AddMacrophage(Lesion, (ulong)to, to, source.Macrophages.Score[macrophage], 1);
            }

            if (vessels.TryGetValue(at, out int vessel) && (hasVessel?.Invoke(x, y, z) ?? true))
            {
                Lesion.Vessels.Add(to, source.Vessels.Density[vessel], source.Vessels.Maturity[vessel], source.Vessels.Perfusion[vessel]);
                Lesion.VesselMark[to] = true;
            }
        }

        _key = RandomKey.Create(seed, 0, 0);
        _workspace = new LesionWorkspace(shape, _runner);
        var setup = new ProcessSetup(Lesion, from.Plan.Lesions[0], parameters ?? from.Plan.Parameters, mechanisms ?? from.Plan.Mechanisms, _runner, _workspace);
        Fields = new FieldProcess(setup);
        Vessels = new VesselProcess(setup);
    }

    public LesionState Lesion { get; }

    public FieldProcess Fields { get; }

    public VesselProcess Vessels { get; }

    /// <summary>Sites of a lattice with their coordinates, x fastest.</summary>
    public static IEnumerable<(int Site, int X, int Y, int Z)> Sites(LatticeShape shape)
    {
        for (int z = 0; z < shape.Nz; z++)
        {
            for (int y = 0; y < shape.Ny; y++)
            {
                for (int x = 0; x < shape.Nx; x++)
                {
                    yield return (shape.Site(x, y, z), x, y, z);
                }
            }
        }
    }

    /// <summary>What processes are told at a step of an hour.</summary>
    public StepContext Step(int step, Exposure exposure = default) => new(_key, (uint)step, 1, exposure, 1, 1);

    public void Dispose()
    {
        Lesion.Dispose();
        _workspace.Dispose();
        _runner.Dispose();
    }
}
