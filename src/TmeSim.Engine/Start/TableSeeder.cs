using TmeSim.Engine.Cd8;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Macrophages;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Start;

/// <summary>
/// Lays out the cells of a table in place of a nodule. Sites that no parenchymal cell took are interstitium where at least half of the sites
/// around hold tumour, else liver.
/// </summary>
internal sealed class TableSeeder
{
    private const int Around = 2;

    // As the dense ring of the excluded pattern.
    private const float FibroblastMatrix = 0.8f;

    private readonly LesionState _lesion;
    private readonly LesionPlan _plan;
    private readonly CellTable _table;
    private readonly CellPlacement _placement;
    private readonly ParameterSet _parameters;
    private readonly float _precursors;
    private readonly LatticeShape _shape;

    public TableSeeder(LesionState lesion, LesionPlan plan, CellTable table, ParameterSet parameters, float precursors)
    {
        (_lesion, _plan, _table, _parameters, _precursors, _shape) = (lesion, plan, table, parameters, precursors, lesion.Shape);
        _placement = CellPlacement.Of(table, new TissuePlan(_shape.Nx, _shape.Ny, _shape.Nz, _shape.SpacingUm));
    }

    /// <summary>The table has vessels: none are laid out by density.</summary>
    public bool HasVessels => _table.Cells.Contains(TableCell.Vessel);

    /// <summary>Parenchymal cells, and what stands between them.</summary>
    /// <param name="setTumor">Makes a site that of a tumour cell at rest.</param>
    /// <returns>Tumour cells.</returns>
    public int SeedParenchyma(Action<int> setTumor)
    {
        int tumor = 0;
        using var held = new SiteBits(_shape.Length);
        foreach ((int cell, int site) in Placed())
        {
            switch (_table.Cells[cell])
            {
                case TableCell.Tumor:
                    setTumor(site);
                    _lesion.Mhc1[site] = Or(CellMark.Mhc1, cell, _lesion.Mhc1[site]);
                    _lesion.Pdl1[site] = Or(CellMark.Pdl1, cell, _lesion.Pdl1[site]);
                    tumor++;
                    break;
                case TableCell.Dying:
                    _lesion.ParenchymaCodes[site] = Parenchyma.Dying;
                    _lesion.DyingCells++;
                    break;
                case TableCell.Necrotic:
                    _lesion.ParenchymaCodes[site] = Parenchyma.Necrotic;
                    _lesion.NecroticCells++;
                    break;
                case TableCell.Hepatocyte:
                    held[site] = true;
                    break;
            }
        }

        foreach (int site in Sites().Where(s => _lesion.ParenchymaCodes[s] == Parenchyma.Hepatocyte && !held[s] && IsBetweenTumor(s)).ToArray())
        {
            _lesion.ParenchymaCodes[site] = Parenchyma.Empty;
        }

        return tumor;
    }

    /// <summary>Matrix of fibroblasts, over that of the tissue around.</summary>
    public void SeedFibroblasts()
    {
        foreach ((int cell, int site) in Placed())
        {
            if (_table.Cells[cell] == TableCell.Fibroblast)
            {
                foreach (int near in _shape.MooreOffsets.Select(o => site + o).Append(site).Where(s => _lesion.ParenchymaCodes[s] != Parenchyma.Wall))
                {
                    _lesion.Stroma[near] = Math.Max(_lesion.Stroma[near], FibroblastMatrix);
                }
            }
        }
    }

    /// <summary>Vessels of the table.</summary>
    public void SeedVessels()
    {
        double immature = _parameters[Parameter.VesselsImmaturePerfusion];
        foreach ((int cell, int site) in Placed())
        {
            if (_table.Cells[cell] == TableCell.Vessel)
            {
                float maturity = Or(CellMark.Maturity, cell, _lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte ? 1 : (float)_plan.VesselMaturity);
                _lesion.Vessels.Add(site, Or(CellMark.Lumen, cell, 1), maturity,
                    Or(CellMark.Perfusion, cell, (float)(immature + ((1 - immature) * maturity))));
                _lesion.VesselMark[site] = true;
            }
        }
    }

    /// <summary>CD8 T cells and macrophages of the table.</summary>
    /// <param name="setup">Draws of the seeding.</param>
    public void SeedImmune(StepContext setup)
    {
        foreach ((int cell, int site) in Placed())
        {
            (int x, int y, int z) = _shape.Coordinates(site);
            ulong id = Mix.Hash(Mix.Hash((ulong)x, (ulong)y), (ulong)z);
            if (_table.Cells[cell] == TableCell.Macrophage)
            {
                PhiloxBlock block = setup.Draw(id, Purpose.MacrophageBirth);
                Occupancy.AddMacrophage(_lesion, id, site, Or(CellMark.Cd163, cell, 0.3f), MacrophageProcess.Polarisability(_parameters, block));
            }
            else if (_table.Cells[cell] == TableCell.Cd8)
            {
                PhiloxBlock block = setup.Draw(id, Purpose.Cd8Birth);
                bool reactive = Draws.Uniform(block.X0) < _parameters[Parameter.Cd8ReactiveFraction];
                Occupancy.AddCd8(_lesion, Mix.Hash(id, (ulong)Purpose.Cd8Birth), site, Or(CellMark.Exhaustion, cell, 0), 0, reactive ? (byte)1 : (byte)0,
                    Cd8Rates.Newcomer(block, reactive, _precursors));
            }
        }
    }

    private IEnumerable<(int Cell, int Site)> Placed()
    {
        for (int cell = 0; cell < _table.Count; cell++)
        {
            if (_placement.Site[cell] is >= 0 and int place)
            {
                yield return (cell, _shape.Site(place % _shape.Nx, place / _shape.Nx % _shape.Ny, place / _shape.Nx / _shape.Ny));
            }
        }
    }

    private IEnumerable<int> Sites() => from row in Enumerable.Range(0, _shape.Rows)
                                        from x in Enumerable.Range(0, _shape.Nx)
                                        select _shape.RowStart(row) + x;

    private bool IsBetweenTumor(int site)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        int tumor = 0, all = 0;
        int deep = _shape.Nz == 1 ? 0 : Around;
        for (int dz = -deep; dz <= deep; dz++)
        {
            for (int dy = -Around; dy <= Around; dy++)
            {
                for (int dx = -Around; dx <= Around; dx++)
                {
                    if (_shape.Contains(x + dx, y + dy, z + dz))
                    {
                        all++;
                        tumor += _lesion.ParenchymaCodes[_shape.Site(x + dx, y + dy, z + dz)] is Parenchyma.Tumor or Parenchyma.Dying or Parenchyma.Necrotic ? 1 : 0;
                    }
                }
            }
        }

        return 2 * tumor >= all;
    }

    private float Or(CellMark mark, int cell, float rule) => _table.Mark(mark, cell) is var value && float.IsNaN(value) ? rule : value;
}
