using System.Numerics;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Benchmarks;

/// <summary>
/// The birth–death lattice of HAL's examples: in each step every cell dies with probability 0.1, else with probability 0.2 puts a
/// daughter on a random empty site of its Moore neighbourhood, if there is one. Daughters wait for the next step.
/// </summary>
/// <remarks>
/// HAL lets cells act one after another, and the equilibrium depends on it: a site that a death frees can be filled in the same step. So
/// rows act in three groups (y mod 3), in random order by step: rows of a group lie three apart, so their neighbourhoods share
/// no site and threads cannot meet; within a row cells act from left to right. Draws go by site, a Philox block for four. The
/// result does not depend on the number of threads.
/// </remarks>
internal sealed unsafe class BirthDeath : IDisposable
{
    private const float Death = 0.1f;
    private const float Birth = 0.2f;
    private const byte Cell = 1;

    private static readonly byte[][] Orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    private readonly LatticeShape _shape;
    private readonly SiteArray<byte> _codes;
    private readonly SiteArray<uint> _acts;
    private readonly int[] _actsInRow;
    private readonly RowRunner _runner;
    private readonly RandomKey _key;
    private uint _step;

    /// <param name="side">Sites along each axis.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <param name="threads">Threads.</param>
    public BirthDeath(int side, ulong seed, int threads = 1)
    {
        _shape = new LatticeShape(side, side, 1, 20);
        _codes = new SiteArray<byte>(_shape.Length);
        _acts = new SiteArray<uint>(2 * _shape.Length);
        _actsInRow = new int[_shape.Rows];
        _runner = new RowRunner(threads);
        _key = RandomKey.Create(seed, 0, 0);
        _codes.Writable.Fill(Parenchyma.Wall);
        for (int row = 0; row < _shape.Rows; row++)
        {
            // Full at the start: the equilibrium of 0.893 is near.
            _codes.Writable.Slice(_shape.RowStart(row), side).Fill(Cell);
        }
    }

    /// <summary>Cells on the lattice.</summary>
    public long Cells
    {
        get
        {
            long cells = 0;
            for (int row = 0; row < _shape.Rows; row++)
            {
                cells += _codes.Span.Slice(_shape.RowStart(row), _shape.Nx).Count(Cell);
            }

            return cells;
        }
    }

    /// <summary>1 for a cell, 0 for an empty site, padding of rows included.</summary>
    public ReadOnlySpan<byte> Codes => _codes.Span;

    /// <summary>All cells act once.</summary>
    public void Step()
    {
        _runner.Run(new Decide(this), _shape.Rows);
        byte[] order = Orders[Philox4x32.Block(0, 0, _step, uint.MaxValue, _key).X0 % Orders.Length];
        foreach (byte group in order)
        {
            _runner.Run(new Act(this, group), (_shape.Rows - group + 2) / 3);
        }

        _step++;
    }

    public void Dispose()
    {
        _codes.Dispose();
        _acts.Dispose();
        _runner.Dispose();
    }

    /// <summary>Lists for each row the cells that will die or divide, with their random word. Cells born later are not among them.</summary>
    private readonly struct Decide(BirthDeath model) : IRowKernel
    {
        // One word decides all: below 0.1 death, in the next 0.9 · 0.2 birth, and where in that range chooses the site.
        public static readonly uint DeathBelow = (uint)(Death * 4294967296.0);
        public static readonly uint BirthRange = (uint)((1.0 - Death) * Birth * 4294967296.0);

        public void Run(int first, int end)
        {
            uint* words = stackalloc uint[4 * PhiloxBatch.Group];
            uint limit = DeathBelow + BirthRange;
            for (int row = first; row < end; row++)
            {
                int start = model._shape.RowStart(row), stop = start + model._shape.Nx;
                uint* acts = model._acts.Pointer + (2 * start);
                int count = 0;
                for (int group = start; group < stop; group += 4 * PhiloxBatch.Group)
                {
                    PhiloxBatch.Sites(words, (uint)group >> 2, PhiloxBatch.Group, model._step, 0, model._key);
                    for (int site = group; site < Math.Min(group + 4 * PhiloxBatch.Group, stop); site++)
                    {
                        // Written always, counted when it applies: no branch to mispredict at one cell in four.
                        acts[2 * count] = (uint)site;
                        acts[2 * count + 1] = words[site - group];
                        count += words[site - group] < limit && model._codes[site] == Cell ? 1 : 0;
                    }
                }

                model._actsInRow[row] = count;
            }
        }
    }

    private readonly struct Act(BirthDeath model, int group) : IRowKernel
    {
        public void Run(int first, int end)
        {
            byte* codes = model._codes.Pointer;
            int stride = model._shape.Stride;
            for (int row = 3 * first + group; row < 3 * end + group && row < model._shape.Rows; row += 3)
            {
                uint* acts = model._acts.Pointer + (2 * model._shape.RowStart(row));
                for (int i = 0; i < model._actsInRow[row]; i++)
                {
                    byte* site = codes + acts[2 * i];
                    uint word = acts[2 * i + 1];
                    if (word < Decide.DeathBelow)
                    {
                        *site = 0;
                        continue;
                    }

                    uint empty = EmptyNeighbours(site, stride);
                    if (empty != 0)
                    {
                        uint chosen = (uint)((ulong)(word - Decide.DeathBelow) * (uint)BitOperations.PopCount(empty) / Decide.BirthRange);
                        for (; chosen > 0; chosen--)
                        {
                            empty &= empty - 1;
                        }

                        int place = BitOperations.TrailingZeroCount(empty);
                        site[(place / 3 - 1) * stride + (place % 3 - 1)] = Cell;
                    }
                }
            }
        }

        /// <summary>One bit for each empty site of the 3 × 3 around, row by row; the middle one holds the cell itself.</summary>
        private static uint EmptyNeighbours(byte* site, int stride)
        {
            uint bits = 0;
            for (int dy = -1; dy <= 1; dy++)
            {
                byte* row = site + dy * stride;
                uint three = (row[-1] == 0 ? 1u : 0) | (row[0] == 0 ? 2u : 0) | (row[1] == 0 ? 4u : 0);
                bits |= three << (3 * (dy + 1));
            }

            return bits;
        }
    }
}
