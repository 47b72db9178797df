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
/// <param name="OnTissue">Solved on the lattice of the tissue, whatever that of the signals is.</param>
internal sealed record Signal(FieldId Id, double DiffusivityPerHour, Func<float, float> Decay, Action<float> Sources, bool TakenUp,
    bool OnTissue = false);

/// <summary>
/// Fills diagonal and right-hand side of a field equation: a dense pass over the parenchyma, then the few sites of
/// vessels and immune cells. What one site gets does not depend on the order of cells.
/// </summary>
internal sealed class FieldAssembly
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly LesionWorkspace _workspace;
    private readonly AssemblyPasses _passes;
    private readonly CloneEffects _clones;
    private readonly float _micronuclei;

    public FieldAssembly(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _workspace = setup.Workspace;
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

    /// <summary>The secreted signals in the order of their solution: each after those that its sources read.</summary>
    public Signal[] Signals { get; }

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

    /// <summary>Immune cells as they stand now, for all signals of a step.</summary>
    public void SumCells() =>
        _workspace.Cells.Sum(_lesion, Rate(Parameter.IfngContactSource), Rate(Parameter.IfngIdleSource), _setup.Runner);

    /// <summary>One implicit step of a secreted signal: (1 + dt (λ + u)) c = c_old + dt s.</summary>
    /// <returns>
    /// 1 + dt λ, and whether this is the diagonal on every site; otherwise the workspace holds the diagonal, which is nowhere smaller.
    /// </returns>
    public (float Diagonal, bool Same) Assemble(Signal signal, float dt)
    {
        signal.Sources(dt);
        for (int i = 0; i < _setup.Extension.Sources.Count; i++)
        {
            (FieldId field, Action<FieldSources> add) = _setup.Extension.Sources[i];
            if (field == signal.Id && signal.OnTissue)
            {
                add(new FieldSources(_lesion, _workspace.Source, null, dt));
            }
            else if (field == signal.Id)
            {
                AddFurther(add, dt);
            }
        }

        return (1 + signal.Decay(dt), !signal.TakenUp);
    }

    /// <summary>
    /// Interpolates the signals that cells read at their own site to all of them, with what the cell there adds itself.
    /// </summary>
    public void Spread(float dt)
    {
        SiteArray<float> ifng = _workspace.Levels(_lesion, FieldId.Ifng, _setup.Runner),
            suppressive = _workspace.Levels(_lesion, FieldId.Suppressive, _setup.Runner);
        if (!_workspace.Signals.IsCoarse)
        {
            return;
        }

        if (_setup.IsOn(Mechanism.IfngSecretion))
        {
            float own = dt * OwnLevel(Parameter.IfngDiffusivity, dt);
            OverCells(new OwnLevels.OfCd8(_lesion, ifng, own * Rate(Parameter.IfngContactSource), own * Rate(Parameter.IfngIdleSource)),
                _lesion.Cd8.Count);
            OverCells(new OwnLevels.OfMacrophages(_lesion, ifng, own * Rate(Parameter.IfngMacrophageSource), 0), _lesion.Macrophages.Count);
        }

        if (_setup.IsOn(Mechanism.SuppressiveSecretion))
        {
            float own = dt * OwnLevel(Parameter.SuppressiveDiffusivity, dt);
            OverCells(new OwnLevels.OfMacrophages(_lesion, suppressive, 0, own * Rate(Parameter.SuppressiveMacrophageSource)),
                _lesion.Macrophages.Count);
        }
    }

    private float OwnLevel(Parameter diffusivity, float dt)
    {
        double h = _lesion.Shape.SpacingUm;
        return OwnLevels.PerOutput(_lesion.Shape, _setup.Parameters.Rate(diffusivity) * dt / (h * h));
    }

    private Signal Of(FieldId id, Parameter diffusivity, Parameter decay, Action<float> sources, bool takenUp = false) =>
        new(id, _setup.Parameters.Rate(diffusivity), dt => dt * Rate(decay), sources, takenUp);

    private Signal Of(FieldId id, SignalField field) =>
        new(id, field.DiffusivityUm2PerHour, dt => dt * (float)field.DecayPerHour, dt =>
        {
            _workspace.Source.CopyFrom(_lesion.Field(id).Values);
            _workspace.Diagonal.Writable.Fill(1 + dt * (float)field.DecayPerHour);
            field.Sources(new FieldSources(_lesion, _workspace.Source, _workspace.Diagonal, dt));
        }, TakenUp: true, OnTissue: true);

    // What an extension adds is gathered by site of tissue first, so that its order does not matter either.
    private void AddFurther(Action<FieldSources> add, float dt)
    {
        SiteArray<float> sources = _workspace.SiteSources;
        sources.Writable.Clear();
        add(new FieldSources(_lesion, sources, null, dt));
        AddBySite(new ArrayOutput(sources, 1));
    }

    private void Vegf(float dt)
    {
        bool on = _setup.IsOn(Mechanism.VegfSecretion);
        float output = dt * (float)_lesion.Multipliers[Multiplier.VegfOutput];
        Dense(FieldId.Vegf, true, dt * Rate(Parameter.VegfDecay), !on ? default : new SignalTerms
        {
            Tumor = output * (float)_setup.Plan.Traits.Vegf * Rate(Parameter.VegfTumorSource),
            Hepatocyte = dt * Rate(Parameter.VegfHepatocyteSource),
            HypoxiaBoost = _setup.IsOn(Mechanism.VegfHypoxia) ? Value(Parameter.VegfHypoxiaBoost) : 0,
            M2 = output * Rate(Parameter.VegfMacrophageSource),
        });
        VesselStore vessels = _lesion.Vessels;
        OverCells(
            new VesselUptake(_lesion, _workspace.Signals, _workspace.SignalDiagonal, dt * Rate(Parameter.VegfVesselUptake),
                _setup.Runner.Threads > 1),
            vessels.Count);
    }

    private void Damp(float dt)
    {
        bool release = _setup.IsOn(Mechanism.DampRelease);
        Dense(FieldId.Damp, false, 0, !release ? default : new SignalTerms
        {
            Dying = dt * Rate(Parameter.DampDyingSource),
            Necrotic = dt * Rate(Parameter.DampNecroticSource),
        });
        if (_micronuclei > 0 && _clones.Lowers(Nek9))
        {
            AddBySite(new MicronucleusOutput(_lesion, _clones, Nek9, dt * _micronuclei));
        }

        if (release && _lesion.Radiation is RadiationTraits { DoseGy: > 0 } radiation)
        {
            AddBySite(new ArrayOutput(radiation.Signal, dt * Rate(Parameter.RadiationSignalSource)));
        }
    }

    private void Ifng(float dt) => Dense(FieldId.Ifng, false, 0, !_setup.IsOn(Mechanism.IfngSecretion) ? default : new SignalTerms
    {
        Cd8 = dt * _workspace.Cells.Cd8Unit,
        M1 = dt * Rate(Parameter.IfngMacrophageSource),
    });

    private void Cxcl(float dt) => Dense(FieldId.Cxcl, false, 0, new SignalTerms
    {
        Tumor = dt * (float)_setup.Plan.Traits.Cxcl * Rate(Parameter.CxclTumorSource),
        Hepatocyte = dt * Rate(Parameter.CxclHepatocyteSource),
        M1 = dt * Rate(Parameter.CxclMacrophageSource),
        Clones = new OutputPass(_clones.Chemokine, Nek9),
        IsInduced = true,
        IfngGain = _setup.IsOn(Mechanism.IfngChemokine) ? 1 : 0,
        DampGain = _setup.IsOn(Mechanism.DampChemokine) ? Value(Parameter.DampChemokineGain) : 0,
    });

    private void Suppressive(float dt)
    {
        bool on = _setup.IsOn(Mechanism.SuppressiveSecretion);
        float tumor = dt * Rate(Parameter.SuppressiveTumorSource);
        Dense(FieldId.Suppressive, false, 0, !on ? default : new SignalTerms
        {
            Tumor = tumor,
            M2 = dt * Rate(Parameter.SuppressiveMacrophageSource),
        });
        if (on && _setup.IsOn(Mechanism.SuppressiveFeedback))
        {
            float gain = Value(Parameter.SuppressiveFeedbackGain);
            _setup.Runner.Run(new InducedOutputKernel(_lesion, _workspace.Signals, _workspace.SignalSource, _clones, tumor * gain),
                _workspace.Signals.Shape.Rows);
        }
    }

    private void Myeloid(float dt)
    {
        SignalTerms terms = _setup.IsOn(Mechanism.MyeloidAttraction)
            ? new SignalTerms
            {
                Tumor = dt * (float)_setup.Plan.Traits.Ccl2 * Rate(Parameter.MyeloidTumorSource),
                HypoxiaBoost = 1,
                Clones = new OutputPass(_clones.Myeloid, Nek9),
            }
            : default;
        terms.MacrophageUptake = dt * Rate(Parameter.MyeloidMacrophageUptake);
        Dense(FieldId.Myeloid, true, dt * Rate(Parameter.MyeloidDecay), terms);
    }

    private void Exchange(float exchange, float beyond) =>
        OverCells(new VesselExchange(_lesion, _workspace.Diagonal, _workspace.Source, exchange, beyond), _lesion.Vessels.Count);

    private void AddBySite<TOutput>(TOutput output)
        where TOutput : struct, ISiteOutput => _setup.Runner.Run(
            new SiteOutputKernel<TOutput>(_workspace.Signals, _workspace.SignalSource, output), _workspace.Signals.Shape.Rows);

    private void OverCells<TKernel>(TKernel kernel, int cells)
        where TKernel : struct, IRowKernel => _setup.Runner.Run(kernel, cells, 4 * Moves.CellsPerBlock);

    // Where nothing takes the signal up, the diagonal is the same everywhere and is left to the caller.
    private void Dense(FieldId id, bool takenUp, float loss, SignalTerms terms)
    {
        terms.HypoxiaHalf = Value(Parameter.VegfHypoxiaHalf);
        _passes.Signal(id, takenUp, 1 + loss, terms);
    }

    private float Value(Parameter parameter) => (float)_setup.Value(parameter);

    private float Rate(Parameter parameter, TimeUnit per = TimeUnit.Hour) => _setup.Rate(parameter, per);
}
