using System.Runtime.CompilerServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>
/// What one site puts out in a step, by what lives there. Hypoxia multiplies the tumour's output by 1 + boost/(1 + (p/half)²), with the
/// oxygen of the site of the signals' lattice.
/// </summary>
internal struct SignalTerms
{
    /// <summary>Per tumour cell.</summary>
    public float Tumor;

    /// <summary>Per hepatocyte.</summary>
    public float Hepatocyte;

    /// <summary>Per dying cell.</summary>
    public float Dying;

    /// <summary>Per necrotic site.</summary>
    public float Necrotic;

    /// <summary>Boost of the tumour's output by hypoxia.</summary>
    public float HypoxiaBoost;

    /// <summary>Oxygen of half the boost [mmHg].</summary>
    public float HypoxiaHalf;

    /// <summary>Per M1-like macrophage, times 1 − p.</summary>
    public float M1;

    /// <summary>Per M2-like macrophage, times p.</summary>
    public float M2;

    /// <summary>Per CD8 T cell of <see cref="CellSums.Cd8Unit"/>.</summary>
    public float Cd8;

    /// <summary>Uptake per macrophage: part of the diagonal.</summary>
    public float MacrophageUptake;

    /// <summary>Factors of clones on the tumour's output; none when all are 1.</summary>
    public OutputPass Clones;

    /// <summary>Everything is multiplied by the induction of CXCL9/10.</summary>
    public bool IsInduced;

    /// <summary>Gain of IFN-γ on the induction.</summary>
    public float IfngGain;

    /// <summary>Gain of DAMPs (IFN-I) on the induction.</summary>
    public float DampGain;
}

/// <summary>
/// Right-hand side c + mean output of the sites that a site of the signals' lattice covers, and the diagonal where cells take the signal
/// up. Runs over the rows of the signals' lattice.
/// </summary>
internal readonly unsafe struct SignalKernel<TLane>(
    LesionState lesion, CellSums sums, TissueField field, SiteArray<float>? diagonal, SiteArray<float> source, float diagonalValue,
    SignalTerms terms) : IRowKernel
    where TLane : struct, ILanes<TLane>
{
    /// <summary>Sites of the signals' lattice that get the factors of clones at once.</summary>
    private const int Chunk = 32;

    public void Run(int first, int end)
    {
        SignalLattice lattice = sums.Lattice;
        float* tables = stackalloc float[2 * 16], weights = stackalloc float[Chunk + 16];
        bool apart = terms.Tumor != 0 && (terms.HypoxiaBoost != 0 || !terms.Clones.IsNone);
        CodeTable table = default;
        table[Parenchyma.Hepatocyte] = terms.Hepatocyte;
        table[Parenchyma.Tumor] = apart ? 0 : terms.Tumor;
        table[Parenchyma.Dying] = terms.Dying;
        table[Parenchyma.Necrotic] = terms.Necrotic;
        table.CopyTo(tables);
        table = default;
        table[Parenchyma.Tumor] = 1;
        table.CopyTo(tables + 16);
        bool dense = terms.Hepatocyte != 0 || terms.Dying != 0 || terms.Necrotic != 0 || (terms.Tumor != 0 && !apart);
        var work = new Work(lesion, sums, field, diagonal, source, tables, weights) { Dense = dense, Apart = apart,
            ByClone = !terms.Clones.IsNone && apart };
        int whole = lattice.IsCoarse ? lattice.Tissue.Nx / 2 : 0;
        for (int row = first; row < end; row++)
        {
            ref readonly SignalBlock block = ref lattice.Block(row);
            if (!lattice.IsCoarse)
            {
                Cells<TLane, Off>(block, row, 0, lattice.Shape.Nx, 1, work);
                continue;
            }

            Cells<TLane, On>(block, row, 0, whole, 0.5f / block.Count, work);
            if (whole < lattice.Shape.Nx)
            {
                // The last of an odd number covers one column. The registers before it ran over it.
                Cells<Lanes1, Off>(block, row, whole, whole + 1, 1f / block.Count, work);
            }
        }
    }

    // Sites from..to of a row; a site covers two columns of tissue (TPair) or the one that is `from` columns on.
    private void Cells<TWide, TPair>(in SignalBlock block, int row, int from, int to, float share, in Work work)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
    {
        if (!work.ByClone)
        {
            Fill<TWide, TPair>(block, row, from, to - from, from, share, work, byClone: false);
            return;
        }

        for (int chunk = from; chunk < to; chunk += Chunk)
        {
            int cells = Math.Min(Chunk, to - chunk);
            bool plain = IsPlain<TPair>(block, chunk, cells, from);
            if (!plain)
            {
                Weigh<TWide, TPair>(block, chunk, cells, from, work.Weights);
            }

            Fill<TWide, TPair>(block, row, chunk, cells, from, share, work, !plain);
        }
    }

    // Where all tumour cells put out the same, their number says it; mutants are few.
    private bool IsPlain<TPair>(in SignalBlock block, int chunk, int cells, int from)
        where TPair : struct, ISwitch
    {
        int width = typeof(TPair) == typeof(On) ? 2 * cells : cells;
        bool plain = true;
        for (int i = 0; plain && i < block.Count; i++)
        {
            plain = terms.Clones.IsPlain(lesion, block[i] + Column<TPair>(chunk, from), width);
        }

        return plain;
    }

    // Most rows cover two of tissue, or four in 3D; the loop over them is unrolled.
    private void Fill<TWide, TPair>(in SignalBlock block, int row, int chunk, int cells, int from, float share, in Work work, bool byClone)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
    {
        switch (block.Count)
        {
            case 2:
                Fill<TWide, TPair, Two>(block, row, chunk, cells, from, share, work, byClone);
                break;
            case 4:
                Fill<TWide, TPair, Four>(block, row, chunk, cells, from, share, work, byClone);
                break;
            default:
                Fill<TWide, TPair, Any>(block, row, chunk, cells, from, share, work, byClone);
                break;
        }
    }

    private void Fill<TWide, TPair, TRows>(in SignalBlock block, int row, int chunk, int cells, int from, float share, in Work work,
        bool byClone)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
        where TRows : struct, IRowCount
    {
        int start = sums.Lattice.Shape.RowStart(row) + chunk;
        float* c = work.Field + start, rhs = work.Rhs + start;
        float* d = work.Diagonal == null ? null : work.Diagonal + start;
        int* m1 = work.M1 + start, m2 = work.M2 + start, cd8 = work.Cd8 + start;
        float* ifng = work.Ifng + start, damp = work.Damp + start;
        CodeValues outputs = new(work.Codes, work.Tables), tumors = new(work.Codes, work.Tables + 16);
        var oxygen = new LevelValues(work.Oxygen);
        TWide one = TWide.Splat(1), part = TWide.Splat(share);
        TWide scale = TWide.Splat(share / terms.HypoxiaHalf), boost = TWide.Splat(terms.HypoxiaBoost), tumor = TWide.Splat(terms.Tumor);
        TWide byM1 = TWide.Splat(terms.M1 / CellSums.Unit), byM2 = TWide.Splat(terms.M2 / CellSums.Unit),
            byCd8 = TWide.Splat(terms.Cd8 / CellSums.Unit), uptake = part * TWide.Splat(terms.MacrophageUptake / CellSums.Unit);
        bool immune = terms.M1 != 0 || terms.M2 != 0 || terms.Cd8 != 0, induced = terms.IsInduced, hypoxic = terms.HypoxiaBoost != 0;
        bool dense = work.Dense, apart = work.Apart;
        for (int x = 0; x < cells; x += TWide.Width)
        {
            int column = Column<TPair>(chunk + x, from);
            TWide amount = dense ? CoveredSums.Of<TWide, TPair, TRows, CodeValues>(block, outputs, column) : default;
            if (apart)
            {
                TWide living = byClone ? TWide.Load(work.Weights + x)
                    : CoveredSums.Of<TWide, TPair, TRows, CodeValues>(block, tumors, column);
                TWide factor = tumor;
                if (hypoxic)
                {
                    TWide depth = CoveredSums.Of<TWide, TPair, TRows, LevelValues>(block, oxygen, column) * scale;
                    factor = tumor * (one + boost / (one + depth * depth));
                }

                amount += living * factor;
            }

            if (immune)
            {
                amount += byM1 * TWide.FromInt(m1 + x) + byM2 * TWide.FromInt(m2 + x) + byCd8 * TWide.FromInt(cd8 + x);
            }

            amount *= part;
            if (induced)
            {
                amount *= Induction(TWide.Load(ifng + x), TWide.Load(damp + x), TWide.Splat(terms.IfngGain), TWide.Splat(terms.DampGain));
            }

            TWide.Store(TWide.Load(c + x) + amount, rhs + x);
            if (d != null)
            {
                TWide macrophages = TWide.FromInt(m1 + x) + TWide.FromInt(m2 + x);
                TWide.Store(TWide.Splat(diagonalValue) + uptake * macrophages, d + x);
            }
        }
    }

    // Induction of CXCL9/10, 0–1: H(I) + gain · H(D), at most 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWide Induction<TWide>(TWide ifng, TWide damp, TWide ifngGain, TWide dampGain)
        where TWide : struct, ILanes<TWide>
    {
        TWide one = TWide.Splat(1);
        return TWide.Min(one, ifngGain * ifng / (one + ifng) + dampGain * damp / (one + damp));
    }

    // Sum over the factors of the tumour cells under each of some sites.
    private void Weigh<TWide, TPair>(in SignalBlock block, int chunk, int cells, int from, float* weights)
        where TWide : struct, ILanes<TWide>
        where TPair : struct, ISwitch
    {
        const int columns = 2 * Chunk;
        float* factors = stackalloc float[columns + 16];
        byte* codes = lesion.ParenchymaCodes.Pointer;
        new Span<float>(weights, cells).Clear();
        int width = typeof(TPair) == typeof(On) ? 2 * cells : cells;
        for (int i = 0; i < block.Count; i++)
        {
            int site = block[i] + Column<TPair>(chunk, from);
            terms.Clones.Fill<TWide>(lesion, site, width, factors);
            for (int x = 0; x < width; x++)
            {
                weights[typeof(TPair) == typeof(On) ? x >> 1 : x] += codes[site + x] == Parenchyma.Tumor ? factors[x] : 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Column<TPair>(int cell, int from)
        where TPair : struct, ISwitch => typeof(TPair) == typeof(On) ? 2 * cell : cell + from;

    /// <summary>What all rows share.</summary>
    /// <param name="lesion">The lesion.</param>
    /// <param name="sums">Its immune cells.</param>
    /// <param name="field">The signal.</param>
    /// <param name="diagonal">Diagonal; null where the signal is not taken up.</param>
    /// <param name="source">Right-hand side.</param>
    /// <param name="tables">Two code tables: output apart from the tumour's, and 1 for a tumour cell.</param>
    /// <param name="weights">Room for the factors of clones.</param>
    private readonly struct Work(LesionState lesion, CellSums sums, TissueField field, SiteArray<float>? diagonal, SiteArray<float> source,
        float* tables, float* weights)
    {
        public readonly float* Tables = tables, Weights = weights, Field = field.Values.Pointer, Rhs = source.Pointer,
            Diagonal = diagonal is null ? null : diagonal.Pointer, Oxygen = lesion.Field(FieldId.Oxygen).Values.Pointer,
            Ifng = lesion.Field(FieldId.Ifng).Values.Pointer, Damp = lesion.Field(FieldId.Damp).Values.Pointer;
        public readonly int* M1 = (int*)sums.M1.Pointer, M2 = (int*)sums.M2.Pointer, Cd8 = (int*)sums.Cd8.Pointer;
        public readonly byte* Codes = lesion.ParenchymaCodes.Pointer;

        /// <summary>The first table is not all zero.</summary>
        public bool Dense { get; init; }

        /// <summary>The tumour's output is not in the first table.</summary>
        public bool Apart { get; init; }

        /// <summary>It has factors of clones.</summary>
        public bool ByClone { get; init; }
    }
}
