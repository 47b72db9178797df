using TmeSim.Engine.Immune;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Clones;

/// <summary>
/// What genotype and NEK9 activity mean for the rules: plain factors by clone, made from the clone table with the parameters and
/// switches in force (MODEL.md 7.5a and 7.5b). Follows the table when clones are born. The arrays keep their identity.
/// </summary>
internal sealed class CloneEffects
{
    private readonly CloneTable _table;
    private readonly ParameterSet _parameters;
    private readonly MechanismSet _mechanisms;
    private int _version = -1;

    public CloneEffects(LesionState lesion, ParameterSet parameters, MechanismSet mechanisms)
    {
        (_table, _parameters, _mechanisms) = (lesion.Clones, parameters, mechanisms);
        ActivityFactor = (float)parameters[Parameter.Nek9ActivityFactor];
        Growth = On(Mechanism.Nek9Growth)
            ? Nek9Response.Growth(parameters[Parameter.Nek9GrowthBase], parameters[Parameter.Nek9GrowthSlope]) : Nek9Response.None;
        Chemokine = new CloneOutputs(On(Mechanism.Nek9Chemokine) ? Nek9Response.Chemokine(parameters[Parameter.Nek9ChemokineGain])
            : Nek9Response.None);
        Myeloid = new CloneOutputs(On(Mechanism.Nek9Myeloid) ? Nek9Response.Myeloid(parameters[Parameter.Nek9MyeloidGain])
            : Nek9Response.None);
        PresentationGain = On(Mechanism.Nek9AntigenPresentation) ? (float)parameters[Parameter.Nek9PresentationGain] : 0;
        _table.AntigenLeft = Factor(On(Mechanism.ClonesAntigenLoss), Parameter.ClonesAntigenLossFactor);
        Follow();
    }

    /// <summary>Factor on the NEK9 activity of all cells.</summary>
    public float ActivityFactor { get; }

    /// <summary>Answer of division to NEK9 (H0).</summary>
    public Nek9Response Growth { get; }

    /// <summary>Gain of MHC-I per unit of NEK9 activity lost (H4).</summary>
    public float PresentationGain { get; }

    /// <summary>NEK9 activity at rest, without drug and factor.</summary>
    public float[] Nek9 { get; } = new float[CloneTable.Capacity];

    /// <summary>Factor of the genotype on division.</summary>
    public float[] Division { get; } = new float[CloneTable.Capacity];

    /// <summary>Factor on division with NEK9 activity and no drug.</summary>
    public float[] Cycle { get; } = new float[CloneTable.Capacity];

    /// <summary>Gain of division per saturation of the suppressive field in cells that it does not inhibit; 0 for intact cells.</summary>
    public float[] Uninhibited { get; } = new float[CloneTable.Capacity];

    /// <summary>Factor on spontaneous loss.</summary>
    public float[] Apoptosis { get; } = new float[CloneTable.Capacity];

    /// <summary>Hazard of death by NK-like killing [1/h].</summary>
    public float[] Nk { get; } = new float[CloneTable.Capacity];

    /// <summary>Weight of the kill hazard: antigenicity times the factors of the genotype.</summary>
    public float[] Visible { get; } = new float[CloneTable.Capacity];

    /// <summary>1, or 0 for cells without MHC-I.</summary>
    public float[] Presents { get; } = new float[CloneTable.Capacity];

    /// <summary>1, or 0 for cells that do not answer to interferons.</summary>
    public float[] Responds { get; } = new float[CloneTable.Capacity];

    /// <summary>CXCL9/10.</summary>
    public CloneOutputs Chemokine { get; }

    /// <summary>CCL2/CSF1.</summary>
    public CloneOutputs Myeloid { get; }

    /// <summary>All clones have the cycle factor of the founder, and none is free of inhibition.</summary>
    public bool SameCycle { get; private set; }

    /// <summary>All clones die like the founder, at the plain hazard.</summary>
    public bool SameDeaths { get; private set; }

    /// <summary>All clones show MHC-I and answer to interferons.</summary>
    public bool SameTraits { get; private set; }

    /// <summary>Some clone divides faster where the suppressive field is high.</summary>
    public bool HasUninhibited { get; private set; }

    /// <summary>Largest weight of the kill hazard among clones.</summary>
    public float MaxVisible { get; private set; }

    /// <summary>Some clone is not seen by CD8 T cells.</summary>
    public bool HasBlind { get; private set; }

    /// <summary>CD8 T cells cannot engage this clone.</summary>
    public bool IsBlind(int clone) => HasBlind && Presents[clone] == 0;

    /// <summary>A drug or an arm's factor keeps NEK9 below its level at rest.</summary>
    public bool Lowers(in TargetExposure nek9) => !nek9.IsNone || ActivityFactor < 1;

    /// <summary>NEK9 activity of the tumour cell at a site.</summary>
    public float ActivityAt(LesionState lesion, int site, in TargetExposure nek9)
    {
        float n = Nek9[lesion.CloneIndex[site]] * ActivityFactor;
        return nek9.IsNone ? n : n * (1 - LocalDrug.Occupancy(lesion, nek9, site));
    }

    /// <summary>Cycle factor of the tumour cell at a site, as the dense pass has it.</summary>
    public float CycleAt(LesionState lesion, int site, in TargetExposure nek9)
    {
        int clone = lesion.CloneIndex[site];
        float factor = nek9.IsNone || Growth.IsNone ? Cycle[clone] : Division[clone] * Growth.At(ActivityAt(lesion, site, nek9));
        if (HasUninhibited)
        {
            float s = lesion.Field(FieldId.Suppressive).Seen(site);
            factor *= 1 + Uninhibited[clone] * (s / (1 + s));
        }

        return factor;
    }

    /// <summary>Renews the factors when the clone table has changed.</summary>
    public void Follow()
    {
        if (_version == _table.Version)
        {
            return;
        }

        _version = _table.Version;
        (SameCycle, SameDeaths, SameTraits, HasUninhibited, HasBlind, MaxVisible) = (true, true, true, false, false, 0);
        for (int i = 0; i < _table.Count; i++)
        {
            Set(i, _table[i]);
            SameCycle &= Cycle[i] == Cycle[0] && Uninhibited[i] == 0;
            SameDeaths &= Apoptosis[i] == 1 && Nk[i] == 0;
            SameTraits &= Presents[i] == 1 && Responds[i] == 1;
            HasUninhibited |= Uninhibited[i] != 0;
            HasBlind |= Presents[i] == 0;
            MaxVisible = MathF.Max(MaxVisible, Visible[i]);
        }

        Chemokine.Finish(_table.Count);
        Myeloid.Finish(_table.Count);
    }

    private void Set(int i, in Clone clone)
    {
        bool b2m = Lost(clone, Genotype.B2m, Mechanism.ClonesB2m), jak1 = Lost(clone, Genotype.Jak1, Mechanism.ClonesJak1);
        bool tgfbr2 = Lost(clone, Genotype.Tgfbr2, Mechanism.ClonesTgfbr2), cyld = Lost(clone, Genotype.Cyld, Mechanism.ClonesCyld);
        bool runx1 = Lost(clone, Genotype.Runx1, Mechanism.ClonesRunx1);
        Nek9[i] = clone.Nek9;
        Division[i] = Factor(runx1, Parameter.ClonesRunx1Division);
        Cycle[i] = Division[i] * Growth.At(clone.Nek9 * ActivityFactor);
        Uninhibited[i] = tgfbr2 ? (float)_parameters[Parameter.ClonesTgfbr2Division] : 0;
        Apoptosis[i] = Factor(cyld, Parameter.ClonesCyldSurvival);
        Nk[i] = b2m ? (float)(_parameters.Rate(Parameter.ClonesB2mNkDeath)) : 0;
        Visible[i] = b2m ? 0 : _table.Antigenicity(i) * Factor(cyld, Parameter.ClonesCyldSurvival) * Factor(runx1,
            Parameter.ClonesRunx1Antigenicity);
        Presents[i] = b2m ? 0 : 1;
        Responds[i] = jak1 ? 0 : 1;
        float n = clone.Nek9 * ActivityFactor;
        Chemokine.Set(i, jak1 ? 0 : Factor(cyld, Parameter.ClonesCyldChemokine), n);
        Myeloid.Set(i, Factor(cyld, Parameter.ClonesCyldMyeloid) * Factor(tgfbr2, Parameter.ClonesTgfbr2Myeloid), n);
    }

    private bool Lost(in Clone clone, Genotype gene, Mechanism mechanism) => (clone.Genotype & gene) != 0 && On(mechanism);

    private float Factor(bool lost, Parameter parameter) => lost ? (float)_parameters[parameter] : 1;

    private bool On(Mechanism mechanism) => _mechanisms.IsOn(mechanism);
}

/// <summary>Factors of clones on one thing that tumour cells put out.</summary>
internal sealed class CloneOutputs(Nek9Response response)
{
    /// <summary>Answer to NEK9 activity.</summary>
    public Nek9Response Response { get; } = response;

    /// <summary>Factor with NEK9 activity and no drug.</summary>
    public float[] AtRest { get; } = new float[CloneTable.Capacity];

    /// <summary>Factor of the genotype alone.</summary>
    public float[] Genotype { get; } = new float[CloneTable.Capacity];

    /// <summary>NEK9 activity without drug.</summary>
    public float[] Activity { get; } = new float[CloneTable.Capacity];

    /// <summary>All factors at rest are 1.</summary>
    public bool IsPlain { get; private set; }

    public void Set(int clone, float genotype, float activity)
    {
        Genotype[clone] = genotype;
        Activity[clone] = activity;
        AtRest[clone] = genotype * Response.At(activity);
    }

    public void Finish(int clones) => IsPlain = !AtRest.AsSpan(0, clones).ContainsAnyExcept(1f);
}
