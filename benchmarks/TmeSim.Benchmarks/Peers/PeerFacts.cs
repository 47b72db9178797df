namespace TmeSim.Benchmarks;

/// <summary>What another tool reached on a piece of work.</summary>
/// <param name="Name">Tool and version or benchmark.</param>
/// <param name="Value">In the unit of the row that quotes it.</param>
/// <param name="Threads">Threads that it used.</param>
public sealed record Peer(string Name, double Value, int Threads = 1);

/// <summary>
/// Published tools, built from source and run on two cores of an AVX-512 EPYC (Zen 5), 1 MiB L2 per core, 32 MiB L3: medians of at least
/// three runs in 2026. Another machine than the one that runs this: a ratio within tens of percent of 1 says nothing.
/// </summary>
internal static class PeerFacts
{
    public const string Machine = "two cores of an AVX-512 EPYC (Zen 5), 2026, medians of at least three runs";

    // Million cell-steps a second.
    public static readonly Peer HalBirthDeath = new("HAL AgentGrid2D, cells in fixed order", 30);
    public static readonly Peer HalBirthDeathShuffled = new("HAL AgentGrid2D, cells shuffled", 5.5);

    // Million voxel-substrates a second and step.
    public static readonly Peer BioFvm = new("BioFVM LOD, double, 1 substrate", 28);
    public static readonly Peer BioFvmFour = new("BioFVM LOD, double, 4 substrates", 114);
    public static readonly Peer Dare = new("DARE LOD kernels, float, 100^3", 1030);
    public static readonly Peer DareTwo = new("DARE LOD kernels, float, 100^3", 2120, 2);
    public static readonly Peer HalExplicit = new("HAL PDEGrid2D, explicit", 373);
    public static readonly Peer HalAdi = new("HAL PDEGrid2D, ADI", 39);
    public static readonly Peer HalExplicitCube = new("HAL PDEGrid3D, explicit, 100^3", 385);
    public static readonly Peer Artistoo = new("Artistoo Grid2D diffusion", 11.6);

    // Seconds for one simulated hour.
    public static readonly Peer PhysiCell = new("PhysiCell 1.14.2 cancer_immune, off-lattice, 2 substrates", 328);
    public static readonly Peer PhysiCellTwo = new("PhysiCell 1.14.2 cancer_immune, off-lattice, 2 substrates", 200, 2);

    // Nanoseconds per voxel and simulated hour. Those on graphics cards are their authors' own figures, in steps of 6 h.
    public static readonly Peer SpQsp = new("spQSP-HCC, 1.056 M voxels, 10 substrates, 642,000 cancer cells", 1900);
    public static readonly Peer SpQspA100 = new("spQSP-HCC on an A100 (FLAME GPU 2), 50³ voxels, 10 substrates", 82);
    public static readonly Peer SpQspGpu = new("the same on another graphics card", 41);

    // Milliseconds for a round of 12 h.
    public static readonly Peer Kather = new("Kather/Poleszczuk 2018 (C++), one necrosis field", 20);

    // Million sub-steps of cells a second.
    public static readonly Peer ImmunoAbm = new("immunoABM3D, lymphocytes, best of 2.8-12.5", 12.5);
    public static readonly Peer ImmunoAbmMacrophages = new("immunoABM3D, macrophages", 9.1);

    /// <summary>Steps of 0.01 min that BioFVM takes for an hour.</summary>
    public const int BioFvmStepsPerHour = 6000;
}
