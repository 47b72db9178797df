namespace TmeSim.Experiments.Cells;

/// <summary>Cells side by side: what is written at once. −1 and NaN stand for what a cell does not have.</summary>
internal sealed class CellBatch
{
    private readonly int _variables;

    public CellBatch(int capacity, int variables)
    {
        _variables = variables;
        Id = new string[capacity];
        (Sample, Type, State, Clone, CloneIndex) = (new int[capacity], new int[capacity], new int[capacity], new int[capacity], new int[capacity]);
        (Engaged, Reactive, Differentiation) = (new int[capacity], new int[capacity], new int[capacity]);
        (X, Y, Z) = (new double[capacity], new double[capacity], new double[capacity]);
        Values = new float[checked(capacity * variables)];
    }

    /// <summary>Cells before those of this batch.</summary>
    public long First { get; set; }

    /// <summary>Cells in it.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == Id.Length;

    /// <summary>Snapshot of each, then the properties of <see cref="CellRow"/>.</summary>
    public int[] Sample { get; }

    public string[] Id { get; }

    public double[] X { get; }

    public double[] Y { get; }

    public double[] Z { get; }

    public int[] Type { get; }

    public int[] State { get; }

    public int[] Clone { get; }

    public int[] CloneIndex { get; }

    public int[] Engaged { get; }

    public int[] Reactive { get; }

    public int[] Differentiation { get; }

    /// <summary>Values of the variables, those of a cell together.</summary>
    public float[] Values { get; }

    public void Add(int sample, CellRow row)
    {
        int i = Count++;
        (Sample[i], Id[i], (X[i], Y[i], Z[i])) = (sample, row.Id, row.Place);
        (Type[i], State[i], Clone[i], CloneIndex[i]) = (row.Type, row.State, row.Clone, row.CloneIndex);
        (Engaged[i], Reactive[i], Differentiation[i]) = (row.Engaged, row.Reactive, row.Differentiation);
        row.Values.CopyTo(Values.AsSpan(i * _variables));
    }

    /// <summary>Begins anew behind the cells that are in it.</summary>
    public void Next()
    {
        First += Count;
        Count = 0;
    }

    /// <summary>One variable of all its cells.</summary>
    public float[] Column(int variable)
    {
        var column = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            column[i] = Values[(i * _variables) + variable];
        }

        return column;
    }
}
