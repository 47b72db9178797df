using TmeSim.Engine.Plan;

namespace TmeSim.Engine.State;

/// <summary>
/// Heritable traits of the tumour clones of one lesion, part of its state. Clone 0 is the founder, those of the plan follow,
/// then clones that were born by mutation. Bounded: see <see cref="Mutate"/>.
/// </summary>
public sealed class CloneTable
{
    /// <summary>Most clones of a lesion at one time.</summary>
    public const int Capacity = 256;

    private readonly Clone[] _clones = new Clone[Capacity];
    private readonly int[] _cells = new int[Capacity];

    // News, not state: clones born since they were last told.
    private readonly Genotype[] _news = new Genotype[64];
    private int _told;

    public CloneTable(LesionPlan plan)
    {
        _clones[0] = new Clone("founder", (float)plan.Antigenicity, (float)plan.Nek9);
        for (int i = 0; i < plan.Clones.Count; i++)
        {
            ClonePlan clone = plan.Clones[i];
            _clones[i + 1] = new Clone(clone.Name, (float)clone.Antigenicity, (float)clone.Nek9) { Genotype = clone.Lof };
        }

        Count = Seeded = plan.Clones.Count + 1;
    }

    /// <summary>Places in use, at least 1; clones that died out keep theirs until a mutant takes it.</summary>
    public int Count { get; private set; }

    /// <summary>The founder and the clones of the plan: the first places, never given to another clone.</summary>
    public int Seeded { get; }

    /// <summary>Clones born by mutation so far.</summary>
    public int Born { get; private set; }

    /// <summary>Place of the clone that was born last; −1 before the first.</summary>
    public int LastBorn { get; private set; } = -1;

    public Clone this[int index] => _clones[index];

    /// <summary>
    /// What loss of the antigen leaves of antigenicity under the rules in force, 0–1. No state: whoever sets the rules sets it.
    /// </summary>
    internal float AntigenLeft { get; set; } = 1;

    /// <summary>Antigenicity of a clone with what it has lost of it, 0–1.</summary>
    internal float Antigenicity(int clone) =>
        _clones[clone].Antigenicity * ((_clones[clone].Genotype & Genotype.Antigen) != 0 ? AntigenLeft : 1);

    /// <summary>Living cells of a clone.</summary>
    public int Cells(int clone) => _cells[clone];

    /// <summary>Living cells that have lost at least these genes.</summary>
    public int CellsWith(Genotype lost)
    {
        int cells = 0;
        for (int i = 0; i < Count; i++)
        {
            cells += (_clones[i].Genotype & lost) == lost ? _cells[i] : 0;
        }

        return cells;
    }

    /// <summary>Rises with every change of the list, so that tables made from it can follow.</summary>
    internal int Version { get; private set; }

    internal void Add(int clone, int cells) => _cells[clone] += cells;

    /// <summary>
    /// Place of the clone that a daughter of a clone founds by losing a gene: the first place of a mutant clone that died out, else
    /// a new one. When all are taken the daughter joins the first living clone with the same genotype and traits; without
    /// one the loss is not kept. Serial: the order of calls decides the places.
    /// </summary>
    /// <param name="parent">Clone of the mother.</param>
    /// <param name="gene">One gene, which the parent still has.</param>
    /// <returns>The place; <paramref name="joined"/> is set when the clone was there before. −1 when there is no place.</returns>
    internal int Mutate(int parent, Genotype gene, out bool joined)
    {
        Clone mutant = _clones[parent] with { Genotype = _clones[parent].Genotype | gene };
        joined = false;
        int place = -1;
        for (int i = Seeded; i < Count && place < 0; i++)
        {
            place = _cells[i] == 0 ? i : -1;
        }

        if (place < 0 && Count < Capacity)
        {
            place = Count++;
            _cells[place] = 0;
        }

        if (place < 0)
        {
            joined = true;
            return LikeOf(mutant, 0);
        }

        _clones[place] = Named(mutant);
        LastBorn = place;
        Born++;
        Version++;
        if (_told < _news.Length)
        {
            _news[_told++] = mutant.Genotype;
        }

        return place;
    }

    /// <summary>
    /// Place of the cells of a clone that have lost a gene before the start. Those of clones with the same traits share one, so that
    /// 32 clones beside the founder leave room for mutants; none is counted as born.
    /// </summary>
    /// <param name="parent">Clone that they would be of.</param>
    /// <param name="gene">One gene, which the parent still has.</param>
    /// <returns>The place; −1 when all are taken.</returns>
    internal int Stand(int parent, Genotype gene)
    {
        Clone mutant = _clones[parent] with { Genotype = _clones[parent].Genotype | gene };
        int place = LikeOf(mutant, Seeded);
        if (place < 0 && Count < Capacity)
        {
            place = Count++;
            _clones[place] = Named(mutant);
            _cells[place] = 0;
            Version++;
        }

        return place;
    }

    /// <summary>Genotypes of the clones born since the last call, in order; the first 64 of them.</summary>
    internal ReadOnlySpan<Genotype> TakeNews()
    {
        ReadOnlySpan<Genotype> news = _news.AsSpan(0, _told);
        _told = 0;
        return news;
    }

    internal void Visit(StateVisitor visitor)
    {
        visitor.Same(Seeded, "number of seeded clones");
        Count = visitor.Number(visitor.Count(Count, Capacity));
        Born = visitor.Number(Born);
        LastBorn = visitor.Number(LastBorn);
        for (int i = 0; i < Count; i++)
        {
            Clone clone = _clones[i];
            float antigenicity = visitor.Number(clone.Antigenicity), nek9 = visitor.Number(clone.Nek9);
            var lost = (Genotype)(visitor.Number((int)clone.Genotype) & ((1 << Genes.Count) - 1));
            _cells[i] = visitor.Number(_cells[i]);
            if (visitor.Restores)
            {
                _clones[i] = new Clone(i < Seeded ? clone.Name : Genes.Text(lost), antigenicity, nek9) { Genotype = lost };
            }
        }

        Version += visitor.Restores ? 1 : 0;
    }

    private static Clone Named(in Clone mutant) => mutant with { Name = Genes.Text(mutant.Genotype) };

    // The first living clone from a place on with this genotype and these traits.
    private int LikeOf(in Clone mutant, int from)
    {
        for (int i = from; i < Count; i++)
        {
            if (_cells[i] > 0 && _clones[i].Genotype == mutant.Genotype && _clones[i].Antigenicity == mutant.Antigenicity
                && _clones[i].Nek9 == mutant.Nek9)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Traits of a clone.</summary>
/// <param name="Name">Name in the scenario; "founder" for clone 0; the lost genes for one that was born by mutation.</param>
/// <param name="Antigenicity">0–1: weight of the kill hazard.</param>
/// <param name="Nek9">NEK9 activity, 1 = average.</param>
public readonly record struct Clone(string Name, float Antigenicity, float Nek9)
{
    /// <summary>Genes that it has lost.</summary>
    public Genotype Genotype { get; init; }
}
