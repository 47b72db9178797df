using System.Runtime.CompilerServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary><see cref="Hop.Target"/> for many cells, compiled for a register width. All widths give the same bits.</summary>
internal abstract unsafe class HopTargets
{
    public static HopTargets Create(LaneWidth width, in Hop hop) => LaneWidths.Make<Factory, HopTargets>(width, new Factory(hop));

    /// <summary>targets[c] = the site that cell c hops to, for the cells of a list; word 1 of a cell's draw decides.</summary>
    /// <param name="field">The signal.</param>
    /// <param name="codes">Parenchyma codes.</param>
    /// <param name="cells">The list.</param>
    /// <param name="count">Its length.</param>
    /// <param name="sites">Where all cells stand.</param>
    /// <param name="words">Four random words of each cell.</param>
    /// <param name="targets">One element of each cell.</param>
    public abstract void Run(float* field, byte* codes, int* cells, int count, int* sites, uint* words, int* targets);

    private readonly struct Factory(Hop hop) : ILaneFactory<HopTargets>
    {
        public HopTargets Create<TLane>()
            where TLane : struct, ILanes<TLane> => new HopTargets<TLane>(hop);
    }
}

/// <inheritdoc/>
internal sealed unsafe class HopTargets<TLane>(Hop hop) : HopTargets
    where TLane : struct, ILanes<TLane>
{
    // Cells that are looked up before the lanes take over: whole registers of any width.
    private const int Group = 64;

    public override void Run(float* field, byte* codes, int* cells, int count, int* sites, uint* words, int* targets)
    {
        // Powers in lanes are those of positive numbers.
        if (hop.Floor > 0 && hop.Faces.Length > 0)
        {
            InLanes(field, codes, cells, count, sites, words, targets);
            return;
        }

        for (int k = 0; k < count; k++)
        {
            targets[cells[k]] = hop.Target(field, codes, sites[cells[k]], Draws.Uniform(words[4L * cells[k] + 1]));
        }
    }

    private void InLanes(float* field, byte* codes, int* cells, int count, int* sites, uint* words, int* targets)
    {
        float* there = stackalloc float[Hop.MaxFaces * Group], here = stackalloc float[Group], u = stackalloc float[Group];
        for (int at = 0; at < count; at += Group)
        {
            int group = Math.Min(Group, count - at);
            for (int k = 0; k < group; k++)
            {
                Fetch(field, sites[cells[Math.Min(at + k + Prefetch.Ahead, count - 1)]]);
                int cell = cells[at + k], site = sites[cell];
                (here[k], u[k]) = (field[site], Draws.Uniform(words[4L * cell + 1]));
                Look(field, codes, site, there + k);
            }

            for (int k = 0; k < group; k += TLane.Width)
            {
                TLane.Store(Way(there + k, TLane.Load(here + k), TLane.Load(u + k)), u + k);
            }

            for (int k = 0; k < group; k++)
            {
                int cell = cells[at + k];
                targets[cell] = sites[cell] + hop.Faces[(int)u[k]];
            }
        }
    }

    // The row of a site and those beside it; neighbours along x, the first two faces, lie in its own.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fetch(float* field, int site)
    {
        int[] faces = hop.Faces;
        Prefetch.Line(field + site);
        for (int j = 2; j < faces.Length; j++)
        {
            Prefetch.Line(field + site + faces[j]);
        }
    }

    // Levels at the face neighbours, one Group apart.
    private void Look(float* field, byte* codes, int site, float* there)
    {
        int[] faces = hop.Faces;
        bool wall = false;
        for (int j = 0; j < faces.Length; j++)
        {
            int to = site + faces[j];
            there[Group * j] = field[to];
            wall |= codes[to] == Parenchyma.Wall;
        }

        for (int j = 0; wall && j < faces.Length; j++)
        {
            there[Group * j] = codes[site + faces[j]] == Parenchyma.Wall ? field[site] * hop.WallFactor : there[Group * j];
        }
    }

    // x falls from face to face, and those where it is not yet below 0 are counted: which way is as good as random, so a branch on it
    // would be mispredicted.
    private TLane Way(float* there, TLane here, TLane u)
    {
        TLane floor = TLane.Splat(hop.Floor), none = TLane.Splat(0), one = TLane.Splat(1), total = none;
        here += floor;
        for (int j = 0; j < hop.Faces.Length; j++)
        {
            TLane weight = one;
            if (hop.Beta != 0)
            {
                weight = (TLane.Load(there + Group * j) + floor) / here;
                weight = hop.Beta == 1 ? weight : TLane.Pow(weight, TLane.Splat(hop.Beta));
            }

            TLane.Store(weight, there + Group * j);
            total += weight;
        }

        TLane x = u * total, way = none;
        for (int j = 0; j < hop.Faces.Length - 1; j++)
        {
            x -= TLane.Load(there + Group * j);
            way += TLane.IfLess(x, none, none, one);
        }

        return way;
    }
}
