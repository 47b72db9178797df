using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Experiments.Folders;

/// <summary>Rows of a lesion as a snapshot stores them. A row is good until the next one of its kind is asked for.</summary>
internal sealed class TissueRows
{
    private readonly LesionState _state;
    private readonly LatticeShape _shape;
    private readonly float _exhausted;
    private readonly float _cd163;
    private readonly byte[] _immune;

    public TissueRows(LesionState state, ParameterSet parameters)
    {
        (_state, _shape) = (state, state.Shape);
        _exhausted = (float)parameters[Parameter.Cd8ExhaustedThreshold];
        _cd163 = (float)parameters[Parameter.MacrophageCd163Threshold];
        _immune = new byte[_shape.Nx];
    }

    public ReadOnlySpan<byte> Parenchyma(int row) => _state.ParenchymaCodes.Span.Slice(_shape.RowStart(row), _shape.Nx);

    public ReadOnlySpan<ushort> Clones(int row) => _state.CloneIndex.Span.Slice(_shape.RowStart(row), _shape.Nx);

    public ReadOnlySpan<float> Floats(SiteArray<float> layer, int row) => layer.Span.Slice(_shape.RowStart(row), _shape.Nx);

    /// <summary>0 none, 1 CD8 T cell, 2 exhausted CD8 T cell, 3 macrophage CD163−, 4 macrophage CD163+.</summary>
    public ReadOnlySpan<byte> Immune(int row)
    {
        ReadOnlySpan<int> cells = _state.Immune.Span.Slice(_shape.RowStart(row), _shape.Nx);
        for (int x = 0; x < cells.Length; x++)
        {
            _immune[x] = cells[x] switch
            {
                > 0 => (byte)(_state.Cd8.Exhaustion[cells[x] - 1] > _exhausted ? 2 : 1),
                < 0 => (byte)(_state.Macrophages.Score[-cells[x] - 1] > _cd163 ? 4 : 3),
                _ => 0,
            };
        }

        return _immune;
    }
}
