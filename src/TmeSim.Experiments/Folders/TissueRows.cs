using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Experiments.Folders;

/// <summary>Rows of a lesion as a snapshot stores them. A row is good until the next one of its kind is asked for.</summary>
internal sealed class TissueRows
{
    private readonly LesionState _state;
    private readonly LatticeShape _shape;
    private readonly ParameterSet _parameters;
    private readonly int[] _firstCodes;
    private readonly byte[] _immune;
    private readonly float[] _levels;

    public TissueRows(LesionState state, ParameterSet parameters)
    {
        (_state, _shape) = (state, state.Shape);
        _parameters = parameters;
        _firstCodes = [.. state.Kinds.Select((_, kind) => ImmuneKinds.FirstCode(state.Kinds, kind))];
        _immune = new byte[_shape.Nx];
        _levels = new float[_shape.Nx];
    }

    public ReadOnlySpan<byte> Parenchyma(int row) => _state.ParenchymaCodes.Span.Slice(_shape.RowStart(row), _shape.Nx);

    public ReadOnlySpan<ushort> Clones(int row) => _state.CloneIndex.Span.Slice(_shape.RowStart(row), _shape.Nx);

    public ReadOnlySpan<float> Floats(SiteArray<float> layer, int row) => layer.Span.Slice(_shape.RowStart(row), _shape.Nx);

    public ReadOnlySpan<float> Floats(TissueField field, int row)
    {
        field.CopyRow(row, _levels);
        return _levels;
    }

    /// <summary>0 none, else the code of the class of the cell (<see cref="ImmuneKinds.Codes"/>).</summary>
    public ReadOnlySpan<byte> Immune(int row)
    {
        ReadOnlySpan<int> cells = _state.Immune.Span.Slice(_shape.RowStart(row), _shape.Nx);
        for (int x = 0; x < cells.Length; x++)
        {
            _immune[x] = cells[x] == 0 ? (byte)0 : Code(ImmuneCode.Kind(cells[x]), ImmuneCode.Index(cells[x]));
        }

        return _immune;
    }

    private byte Code(int kind, int i) => (byte)(_firstCodes[kind] + _state.Kinds[kind].ClassOf(_parameters, _state.Stores[kind], i));
}
