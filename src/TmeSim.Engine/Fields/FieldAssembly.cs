using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Fields;

/// <summary>
/// Fills diagonal and right-hand side of a field equation: a dense pass over the parenchyma, then the few sites of
/// vessels and immune cells. Every site gets its terms in a fixed order.
/// </summary>
internal sealed class FieldAssembly
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly SiteArray<float> _diagonal;
    private readonly SiteArray<float> _source;
    private readonly AssemblyPasses _passes;
    private readonly float[]? _chemokineFactors;
    private readonly float[]? _myeloidFactors;

    public FieldAssembly(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _diagonal = setup.Workspace.Diagonal;
        _source = setup.Workspace.Source;
        _passes = AssemblyPasses.Create(CyclePasses.Widest, _lesion, setup.Workspace, setup.Runner);
        float[] onChemokine = new float[_lesion.Clones.Count], onMyeloid = new float[_lesion.Clones.Count];
        for (int i = 0; i < _lesion.Clones.Count; i++)
        {
            double n = _lesion.Clones[i].Nek9;
            double chemokine = setup.IsOn(Mechanism.Nek9Chemokine) ? setup.Value(Parameter.Nek9ChemokineGain) : 0;
            double myeloid = setup.IsOn(Mechanism.Nek9Myeloid) ? setup.Value(Parameter.Nek9MyeloidGain) : 0;
            onChemokine[i] = (float)((1 + chemokine) / (1 + chemokine * n));
            onMyeloid[i] = (float)((1 + myeloid * n / (1 + n)) / (1 + myeloid / 2));
        }

        _chemokineFactors = CloneOutput.Factors(onChemokine);
        _myeloidFactors = CloneOutput.Factors(onMyeloid);
    }

    /// <summary>Steady oxygen [mmHg/s]: decay + vessel exchange + uptake M/(p + Km) of living cells.</summary>
    public void Oxygen()
    {
        float uptake = _setup.IsOn(Mechanism.OxygenUptake) ? Value(Parameter.OxygenUptakeMax) : 0;
        _passes.Oxygen(Value(Parameter.OxygenDecay), uptake, Value(Parameter.OxygenUptakeKm));
        float exchange = Value(Parameter.OxygenExchange), blood = Value(Parameter.OxygenBlood);
        for (int i = 0; i < _lesion.Vessels.Count; i++)
        {
            int site = _lesion.Vessels.Site[i];
            float supply = exchange * _lesion.Vessels.Perfusion[i];
            _diagonal[site] += supply;
            _source[site] += supply * blood;
        }
    }

    /// <summary>Steady delivery [1/h]: exchange f (1 − G) at vessels against clearance by tissue.</summary>
    public void Delivery(FieldId id)
    {
        bool antibody = id == FieldId.AntibodyDelivery;
        float tumor = Value(antibody ? Parameter.AntibodyTumorClearance : Parameter.SmallMoleculeTumorClearance);
        float liver = Value(antibody ? Parameter.AntibodyLiverClearance : Parameter.SmallMoleculeLiverClearance);
        _passes.Delivery(tumor, liver);
        float exchange = Value(antibody ? Parameter.AntibodyExchange : Parameter.SmallMoleculeExchange);
        for (int i = 0; i < _lesion.Vessels.Count; i++)
        {
            int site = _lesion.Vessels.Site[i];
            float supply = exchange * _lesion.Vessels.Perfusion[i];
            _diagonal[site] += supply;
            _source[site] += supply;
        }
    }

    /// <summary>One implicit step of a secreted signal: (1 + dt (λ + u)) c = c_old + dt s.</summary>
    /// <returns>The diagonal where it is the same on every site; null when the workspace holds one that varies.</returns>
    public float? Signal(FieldId id, float dt)
    {
        switch (id)
        {
            case FieldId.Vegf:
                Vegf(dt);
                return null;
            case FieldId.Myeloid:
                Myeloid(dt);
                return null;
            case FieldId.Ifng:
                Ifng(dt);
                return 1 + dt * Decay(Parameter.IfngDecay);
            case FieldId.Damp:
                Damp(dt);
                return 1 + dt * Value(Parameter.DampDecay) * 3600;
            case FieldId.Cxcl:
                Cxcl(dt);
                return 1 + dt * Decay(Parameter.CxclDecay);
            case FieldId.Suppressive:
                Suppressive(dt);
                return 1 + dt * Decay(Parameter.SuppressiveDecay);
            default:
                throw new ArgumentOutOfRangeException(nameof(id), id, "not a secreted signal");
        }
    }

    private void Vegf(float dt)
    {
        bool on = _setup.IsOn(Mechanism.VegfSecretion);
        float output = (float)_lesion.Multipliers.VegfOutput;
        var sources = new SignalSources
        {
            Tumor = on ? Value(Parameter.VegfTumorSource) * output : 0,
            Hepatocyte = on ? Value(Parameter.VegfHepatocyteSource) : 0,
            HypoxiaBoost = _setup.IsOn(Mechanism.VegfHypoxia) ? Value(Parameter.VegfHypoxiaBoost) : 0,
        };
        Dense(FieldId.Vegf, Decay(Parameter.VegfDecay), dt, sources);
        float uptake = dt * Value(Parameter.VegfVesselUptake);
        for (int i = 0; i < _lesion.Vessels.Count; i++)
        {
            _diagonal[_lesion.Vessels.Site[i]] += uptake;
        }

        float macrophage = on ? dt * Value(Parameter.VegfMacrophageSource) * output : 0;
        for (int i = 0; i < _lesion.Macrophages.Count; i++)
        {
            _source[_lesion.Macrophages.Site[i]] += macrophage * _lesion.Macrophages.Score[i];
        }
    }

    private void Damp(float dt)
    {
        SignalSources damp = _setup.IsOn(Mechanism.DampRelease)
            ? new SignalSources { Dying = Value(Parameter.DampDyingSource), Necrotic = Value(Parameter.DampNecroticSource) }
            : default;
        Dense(FieldId.Damp, null, dt, damp);
    }

    private void Ifng(float dt)
    {
        Dense(FieldId.Ifng, null, dt, default);
        if (!_setup.IsOn(Mechanism.IfngSecretion))
        {
            return;
        }

        float contact = dt * Value(Parameter.IfngContactSource), idle = dt * Value(Parameter.IfngIdleSource);
        for (int i = 0; i < _lesion.Cd8.Count; i++)
        {
            _source[_lesion.Cd8.Site[i]] += _lesion.Cd8.Target[i] != 0 ? contact * (1 - _lesion.Cd8.Exhaustion[i]) : idle;
        }

        float macrophage = dt * Value(Parameter.IfngMacrophageSource);
        for (int i = 0; i < _lesion.Macrophages.Count; i++)
        {
            _source[_lesion.Macrophages.Site[i]] += macrophage * (1 - _lesion.Macrophages.Score[i]);
        }
    }

    private void Cxcl(float dt)
    {
        float induced = _setup.IsOn(Mechanism.IfngChemokine) ? 1 : 0;
        float damp = _setup.IsOn(Mechanism.DampChemokine) ? Value(Parameter.DampChemokineGain) : 0;
        _passes.Chemokine(_chemokineFactors, dt * Value(Parameter.CxclTumorSource), dt * Value(Parameter.CxclHepatocyteSource), induced, damp);
        float macrophage = dt * Value(Parameter.CxclMacrophageSource);
        for (int i = 0; i < _lesion.Macrophages.Count; i++)
        {
            int site = _lesion.Macrophages.Site[i];
            float drive = Chemokine.Induction(_lesion.Field(FieldId.Ifng)[site], _lesion.Field(FieldId.Damp)[site], induced, damp);
            _source[site] += macrophage * (1 - _lesion.Macrophages.Score[i]) * drive;
        }
    }

    private void Suppressive(float dt)
    {
        bool on = _setup.IsOn(Mechanism.SuppressiveSecretion);
        SignalSources sources = on ? new SignalSources { Tumor = Value(Parameter.SuppressiveTumorSource) } : default;
        Dense(FieldId.Suppressive, null, dt, sources);
        float macrophage = on ? dt * Value(Parameter.SuppressiveMacrophageSource) : 0;
        for (int i = 0; i < _lesion.Macrophages.Count; i++)
        {
            _source[_lesion.Macrophages.Site[i]] += macrophage * _lesion.Macrophages.Score[i];
        }
    }

    private void Myeloid(float dt)
    {
        SignalSources sources = _setup.IsOn(Mechanism.MyeloidAttraction)
            ? new SignalSources { Tumor = Value(Parameter.MyeloidTumorSource), HypoxiaBoost = 1, CloneFactors = _myeloidFactors }
            : default;
        Dense(FieldId.Myeloid, Decay(Parameter.MyeloidDecay), dt, sources);
        float uptake = dt * Value(Parameter.MyeloidMacrophageUptake);
        for (int i = 0; i < _lesion.Macrophages.Count; i++)
        {
            _diagonal[_lesion.Macrophages.Site[i]] += uptake;
        }
    }

    // Without a decay rate the diagonal is left to the caller.
    private void Dense(FieldId id, float? decayPerHour, float dt, SignalSources sources) =>
        _passes.Signal(id, decayPerHour is null ? null : _diagonal, 1 + dt * (decayPerHour ?? 0), dt, sources, Value(Parameter.VegfHypoxiaHalf));

    private float Value(Parameter parameter) => (float)_setup.Value(parameter);

    private float Decay(Parameter perHour) => (float)_setup.Value(perHour);
}
