namespace TmeSim.Engine.State;

/// <summary>CD8 T cells of one lesion.</summary>
public sealed class Cd8Store : ImmuneStore
{
    /// <summary>Value of <see cref="Reactive"/> of a cell that knows the tumour.</summary>
    public const byte TumorReactive = 1;

    /// <summary>Value of <see cref="Reactive"/> of a tumour-reactive cell that waits in its cycle for ATR.</summary>
    public const byte Arrested = 2;

    internal Cd8Store()
    {
        Target = NewColumn<int>();
        EngagedHours = NewColumn<float>();
        Exhaustion = NewColumn<float>();

        // Before the other bytes: these share a word of the fingerprint, which a state of 0 leaves as it is without one.
        State = NewColumn<byte>();
        Divisions = NewColumn<byte>();
        Reactive = NewColumn<byte>();
    }

    /// <summary>Site of the engaged tumour cell, 0 when free (0 is never a site of the tissue).</summary>
    public Column<int> Target { get; }

    /// <summary>Hours left of the present engagement.</summary>
    public Column<float> EngagedHours { get; }

    /// <summary>Exhaustion score 0–1.</summary>
    public Column<float> Exhaustion { get; }

    /// <summary>Differentiation (<see cref="Cd8State"/>); 0 for a bystander.</summary>
    public Column<byte> State { get; }

    /// <summary>Divisions done in the tissue.</summary>
    public Column<byte> Divisions { get; }

    /// <summary>0 for a bystander, else <see cref="TumorReactive"/> or <see cref="Arrested"/>.</summary>
    public Column<byte> Reactive { get; }

    internal int Add(ulong id, int site, float exhaustion, byte divisions, byte reactive, byte state = Cd8State.Effector)
    {
        int i = Add(id, site);
        Exhaustion[i] = exhaustion;
        Divisions[i] = divisions;
        Reactive[i] = reactive;
        State[i] = state;
        return i;
    }
}
