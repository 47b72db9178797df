using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Fields;

/// <summary>
/// A number per parenchyma code, as <see cref="ILanes{T}.Lookup"/> takes it. Kernels that read codes in whole registers run past
/// the end of a row into its padding, where nothing is read afterwards.
/// </summary>
internal unsafe struct CodeTable
{
    private fixed float _values[16];

    public float this[byte code]
    {
        set => _values[code] = value;
    }

    public readonly void CopyTo(float* target)
    {
        for (int i = 0; i < 16; i++)
        {
            target[i] = _values[i];
        }
    }
}
