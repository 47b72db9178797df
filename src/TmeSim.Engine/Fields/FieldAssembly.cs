using TmeSim.Engine.Clones;
using TmeSim.Engine.Extensions;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>A secreted signal of one lesion.</summary>
/// <param name="Id">Field.</param>
/// <param name="DiffusivityPerHour">Diffusivity [µm²/h].</param>
/// <param name="Decay">dt λ of a step [h].</param>
/// <param name="Sources">Fills the right-hand side for a step [h], and the diagonal where the signal is taken up.</param>
/// <param name="TakenUp">Uptake makes the diagonal differ among sites.</param>
internal sealed record Signal(FieldId Id, double DiffusivityPerHour, Func<float, float> Decay, Action<float> Sources, bool TakenUp);

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
    private readonly CloneEffects _clones;
    private readonly float _micronuclei;

    public FieldAssembly(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _diagonal = setup.Workspace.Diagonal;
        _source = setup.Workspace.Source;
        _passes = AssemblyPasses.Create(LaneWidths.Widest, _lesion, setup.Workspace, setup.Runner);
        _clones = setup.Effects;
        Signals =
        [
            Of(FieldId.Vegf, Parameter.VegfDiffusivity, Parameter.VegfDecay, Vegf, takenUp: true),
            Of(FieldId.Ifng, Parameter.IfngDiffusivity, Parameter.IfngDecay, Ifng),
            Of(FieldId.Damp, Parameter.DampDiffusivity, Parameter.DampDecay, Damp) with
            {
                Decay = dt => dt * Rate(Parameter.DampDecay, TimeUnit.Second) * (int)TimeUnit.Hour,
            },
            Of(FieldId.Cxcl, Parameter.CxclDiffusivity, Parameter.CxclDecay, Cxcl),
            Of(FieldId.Suppressive, Parameter.SuppressiveDiffusivity, Parameter.SuppressiveDecay, Suppressive),
            Of(FieldId.Myeloid, Parameter.MyeloidDiffusivity, Parameter.MyeloidDecay, Myeloid, takenUp: true),
            .. setup.Extension.Fields.Select((field, i) => Of(FieldTable.Further(i), field)),
        ];
        _micronuclei = setup.IsOn(Mechanism.Nek9Interferon) ? Rate(Parameter.Nek9InterferonSource) : 0;
    }

    /// <summary>Drug on NEK9 in this step.</summary>
    public TargetExposure Nek9 { get; set; }

    /// <summary>Steady oxygen [mmHg/s]: decay + vessel exchange + uptake M/(p + Km) of living cells.</summary>
    public void Oxygen()
    {
        float uptake = _setup.IsOn(Mechanism.OxygenUptake) ? Rate(Parameter.OxygenUptakeMax, TimeUnit.Second) : 0;
        _passes.Oxygen(Rate(Parameter.OxygenDecay, TimeUnit.Second), uptake, Value(Parameter.OxygenUptakeKm));
        Exchange(Rate(Parameter.OxygenExchange, TimeUnit.Second), Value(Parameter.OxygenBlood));
    }

    /// <summary>Steady delivery [1/h]: exchange f (1 − G) at vessels against clearance by tissue.</summary>
    public void Delivery(FieldId id)
    {
        bool antibody = id == FieldId.AntibodyDelivery;
        float tumor = Rate(antibody ? Parameter.AntibodyTumorClearance : Parameter.SmallMoleculeTumorClearance);
        float liver = Rate(antibody ? Parameter.AntibodyLiverClearance : Parameter.SmallMoleculeLiverClearance);
        _passes.Delivery(tumor, liver);
        Exchange(Rate(antibody ? Parameter.AntibodyExchange : Parameter.SmallMoleculeExchange), 1);
    }

    /// <summary>The secreted signals in the order of their solution: each after those that its sources read.</summary>
    public Signal[] Signals { get; }

    /// <summary>One implicit step of a secreted signal: (1 + dt (λ + u)) c = c_old + dt s.</summary>
    /// <returns>
    /// 1 + dt λ, and whether this is the diagonal on every site; otherwise the workspace holds the diagonal, which is nowhere smaller.
    /// </returns>
    public (float Diagonal, bool Same) Assemble(Signal signal, float dt)
    {
        signal.Sources(dt);
        for (int i = 0; i < _setup.Extension.Sources.Count; i++)
        {
            if (_setup.Extension.Sources[i].Field == signal.Id)
            {
                _setup.Extension.Sources[i].Add(new FieldSources(_lesion, _source, null, dt));
            }
        }

        return (1 + signal.Decay(dt), !signal.TakenUp);
    }

    private Signal Of(FieldId id, Parameter diffusivity, Parameter decay, Action<float> sources, bool takenUp = false) =>
        new(id, _setup.Parameters.Rate(diffusivity), dt => dt * Rate(decay), sources, takenUp);

    private Signal Of(FieldId id, SignalField field) =>
        new(id, field.DiffusivityUm2PerHour, dt => dt * (float)field.DecayPerHour, dt =>
        {
            Dense(id, (float)field.DecayPerHour, dt, default);
            field.Sources(new FieldSources(_lesion, _source, _diagonal, dt));
        }, TakenUp: true);

    private void Vegf(float dt)
    {
        bool on = _setup.IsOn(Mechanism.VegfSecretion);
        float output = (float)_lesion.Multipliers[Multiplier.VegfOutput];
        var sources = new SignalSources
        {
            Tumor = on ? Rate(Parameter.VegfTumorSource) * output : 0,
            Hepatocyte = on ? Rate(Parameter.VegfHepatocyteSource) : 0,
            HypoxiaBoost = _setup.IsOn(Mechanism.VegfHypoxia) ? Value(Parameter.VegfHypoxiaBoost) : 0,
        };
        Dense(FieldId.Vegf, Rate(Parameter.VegfDecay), dt, sources);
        OverCells(new SameTerm(_lesion.Vessels.Site.Values, _diagonal, dt * Rate(Parameter.VegfVesselUptake)), _lesion.Vessels.Count);
        Macrophages(on ? dt * Rate(Parameter.VegfMacrophageSource) * output : 0, m2: true);
    }

    private void Damp(float dt)
    {
        SignalSources damp = _setup.IsOn(Mechanism.DampRelease)
            ? new SignalSources { Dying = Rate(Parameter.DampDyingSource), Necrotic = Rate(Parameter.DampNecroticSource) }
            : default;
        Dense(FieldId.Damp, null, dt, damp);
        if (_micronuclei > 0 && _clones.Lowers(Nek9))
        {
            _setup.Runner.Run(new MicronucleusKernel(_lesion, _source, _clones, Nek9, dt * _micronuclei), _lesion.Shape.Rows);
        }

        if (_lesion.Radiation is RadiationTraits { DoseGy: > 0 } radiation && _setup.IsOn(Mechanism.DampRelease))
        {
            _setup.Runner.Run(
                new SignalOutput(_lesion.Shape, radiation.Signal, _source, dt * Rate(Parameter.RadiationSignalSource)), _lesion.Shape.Rows);
        }
    }

    private void Ifng(float dt)
    {
        Dense(FieldId.Ifng, null, dt, default);
        if (!_setup.IsOn(Mechanism.IfngSecretion))
        {
            return;
        }

        OverCells(
            new Cd8Output(_lesion, _source, dt * Rate(Parameter.IfngContactSource), dt * Rate(Parameter.IfngIdleSource)),
            _lesion.Cd8.Count);
        Macrophages(dt * Rate(Parameter.IfngMacrophageSource), m2: false);
    }

    private void Cxcl(float dt)
    {
        float induced = _setup.IsOn(Mechanism.IfngChemokine) ? 1 : 0;
        float damp = _setup.IsOn(Mechanism.DampChemokine) ? Value(Parameter.DampChemokineGain) : 0;
        _passes.Chemokine(
            new OutputPass(_clones.Chemokine, Nek9), dt * Rate(Parameter.CxclTumorSource), dt * Rate(Parameter.CxclHepatocyteSource),
            induced, damp);
        OverCells(
            new MacrophageChemokine(_lesion, _source, dt * Rate(Parameter.CxclMacrophageSource), induced, damp), _lesion.Macrophages.Count);
    }

    private void Suppressive(float dt)
    {
        bool on = _setup.IsOn(Mechanism.SuppressiveSecretion);
        SignalSources sources = on ? new SignalSources { Tumor = Rate(Parameter.SuppressiveTumorSource) } : default;
        Dense(FieldId.Suppressive, null, dt, sources);
        Macrophages(on ? dt * Rate(Parameter.SuppressiveMacrophageSource) : 0, m2: true);
    }

    private void Myeloid(float dt)
    {
        SignalSources sources = _setup.IsOn(Mechanism.MyeloidAttraction)
            ? new SignalSources
            {
                Tumor = Rate(Parameter.MyeloidTumorSource),
                HypoxiaBoost = 1,
                Clones = new OutputPass(_clones.Myeloid, Nek9),
            }
            : default;
        Dense(FieldId.Myeloid, Rate(Parameter.MyeloidDecay), dt, sources);
        OverCells(
            new SameTerm(_lesion.Macrophages.Site.Values, _diagonal, dt * Rate(Parameter.MyeloidMacrophageUptake)),
            _lesion.Macrophages.Count);
    }

    private void Exchange(float exchange, float beyond) =>
        OverCells(new VesselExchange(_lesion, _diagonal, _source, exchange, beyond), _lesion.Vessels.Count);

    private void Macrophages(float amount, bool m2) =>
        OverCells(new MacrophageOutput(_lesion, _source, amount, m2), _lesion.Macrophages.Count);

    private void OverCells<TKernel>(TKernel kernel, int cells)
        where TKernel : struct, IRowKernel => _setup.Runner.Run(kernel, cells, 4 * Moves.CellsPerBlock);

    // Without a decay rate the diagonal is left to the caller.
    private void Dense(FieldId id, float? decayPerHour, float dt, SignalSources sources) =>
        _passes.Signal(id, decayPerHour is null ? null : _diagonal, 1 + dt * (decayPerHour ?? 0), dt, sources,
            Value(Parameter.VegfHypoxiaHalf));

    private float Value(Parameter parameter) => (float)_setup.Value(parameter);

    private float Rate(Parameter parameter, TimeUnit per = TimeUnit.Hour) => _setup.Rate(parameter, per);
}
