using TmeSim.Engine.Start;
using TmeSim.Engine.State;

namespace TmeSim.Engine;

/// <content>What a simulation is made of, and what follows from that description: copies, streams and the fingerprint.</content>
public sealed partial class Simulation
{
    /// <summary>Copies the whole state at t = 0 for the arms of this replicate.</summary>
    public SimulationSnapshot Capture()
    {
        var snapshot = new SimulationSnapshot(Replicate);
        Transfer(snapshot.Copy(reads: false));
        return snapshot;
    }

    /// <summary>Brings back a captured state exactly; the therapy of the last arm is forgotten.</summary>
    /// <exception cref="InvalidDataException">
    /// It is of another replicate, seed, lattice or number of lesions. This simulation is then of no more use.
    /// </exception>
    public void Restore(SimulationSnapshot snapshot)
    {
        Transfer(snapshot.Copy(reads: true));
        ForgetArm();
    }

    /// <summary>
    /// Puts t = 0 of this plan at a state that any replicate captured there, with a step of any length: what comes then has the random
    /// numbers of this replicate.
    /// </summary>
    internal void Branch(SimulationSnapshot snapshot)
    {
        StateTransfer transfer = snapshot.Copy(reads: true);
        Visit(transfer, snapshot.Replicate);
        transfer.Finish();
        _step = (uint)Math.Round(Plan.Time.BurnInHours / Plan.Time.StepHours);
        ForgetArm();
    }

    /// <summary>
    /// Writes the whole state at t = 0 for the arms of this replicate: what <see cref="Capture"/> keeps in memory, for states of
    /// which two do not fit there. Bytes: <see cref="SimulationMemory.StateBytes"/> and some for the cells.
    /// </summary>
    /// <param name="stream">Written in pieces of at most a megabyte.</param>
    public void WriteState(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Transfer(new StateTransfer(stream, reads: false));
    }

    /// <summary>Brings back exactly what <see cref="WriteState"/> wrote; the therapy of the last arm is forgotten.</summary>
    /// <param name="stream">Read up to the end of the state.</param>
    /// <exception cref="InvalidDataException">
    /// The state is damaged, cut short or of another simulation. This simulation is then of no more use.
    /// </exception>
    public void ReadState(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Transfer(new StateTransfer(stream, reads: true));
        ForgetArm();
    }

    /// <summary>128-bit fingerprint (32 hex digits) of the whole state.</summary>
    public string StateHash()
    {
        var hash = new StateHash();
        Visit(hash);
        VisitArm(hash);
        return hash.Finish();
    }

    /// <summary>
    /// Fingerprints of the parts of the state in its order: where two states differ, they say in which array of which lesion. Parts that are
    /// told only, as events, have that of nothing.
    /// </summary>
    public IReadOnlyList<StatePart> StateParts()
    {
        List<StatePart> parts = [];
        var hash = new StateHash(parts);
        Visit(hash);
        VisitArm(hash);
        hash.Part("");
        return parts;
    }

    /// <summary>Everything at t = 0, where arms branch off.</summary>
    internal void Visit(StateVisitor visitor) => Visit(visitor, Replicate);

    private void Visit(StateVisitor visitor, int replicate)
    {
        visitor.Part("time");
        visitor.Same(ModelVersion, "model version");
        visitor.Same(Plan.Seed, "seed");
        visitor.Same(replicate, "replicate");
        visitor.Same(_lesions.Length, "number of lesions");
        _step = (uint)visitor.Number((ulong)_step);
        InBurnIn = visitor.Aside(InBurnIn);
        Array.Resize(ref _reached, visitor.Count(_reached.Length, _lesions.Length));
        foreach (ref Baseline reached in _reached.AsSpan())
        {
            reached = visitor.Aside(reached);
        }

        for (int i = 0; i < _lesions.Length; i++)
        {
            _lesions[i].Visit(visitor, PartName(i));
        }

        visitor.Part("blood and lymph node");
        Patient.Visit(visitor);
        visitor.Part("response");
        Response.Visit(visitor);
    }

    /// <summary>What an arm has beside that once it has begun; the reader begins the same arm first.</summary>
    internal void VisitArm(StateVisitor visitor)
    {
        visitor.Part("therapy");
        _therapyState.Visit(visitor);
        _radiation?.Visit(visitor);
        visitor.Part("events");
        _observer.Visit(visitor);
    }

    private string PartName(int tissue)
    {
        string lesion = Plan.Lesions[LesionOf(tissue)].Name;
        return Plan.Tissue.Tiles == 1 ? lesion : $"{lesion} #{1 + tissue % Plan.Tissue.Tiles}";
    }

    private void Transfer(StateTransfer transfer)
    {
        Visit(transfer);
        transfer.Finish();
    }
}
