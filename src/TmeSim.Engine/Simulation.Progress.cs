using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Start;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine;

/// <content>States at any time, in the burn-in or in an arm, from which another simulation goes on with the same bits.</content>
public sealed partial class Simulation
{
    /// <summary>
    /// Writes the whole state now, between any two steps: what <see cref="WriteState"/> writes, with what steers the burn-in or with the
    /// therapy, response and events of the arm.
    /// </summary>
    /// <param name="stream">Written in pieces of at most a megabyte.</param>
    public void WriteProgress(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TransferProgress(new StateTransfer(stream, reads: false));
    }

    /// <summary>Goes on with a burn-in where <see cref="WriteProgress"/> left it.</summary>
    /// <param name="stream">Read up to the end of the state.</param>
    /// <exception cref="InvalidDataException">
    /// The state is damaged, cut short, of another simulation or of an arm. This simulation is then of no more use.
    /// </exception>
    public void ContinueBurnIn(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ForgetArm();
        Settle(Plan.Parameters, Plan.Mechanisms);
        Read(stream, inBurnIn: true);
    }

    /// <summary>Goes on with an arm where <see cref="WriteProgress"/> left it, whatever this simulation did before.</summary>
    /// <param name="arm">The arm, as it was begun.</param>
    /// <param name="stream">Read up to the end of the state.</param>
    /// <exception cref="InvalidDataException">
    /// The state is damaged, cut short, of another simulation or arm, or of a burn-in. This simulation is then of no more use.
    /// </exception>
    public void ContinueArm(ArmPlan arm, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(stream);
        Begin(arm);
        Read(stream, inBurnIn: false);
        FollowChanges(TimeHours - Plan.Time.StepHours);
    }

    /// <summary>
    /// Goes on with an arm from a state that another one left, whose courses are the first of this one's: what comes then has the bits of
    /// this arm from t = 0 on, as long as none of its further courses and changes acts before the time of the state.
    /// </summary>
    /// <param name="arm">The arm to go on with.</param>
    /// <param name="written">The arm whose state is read.</param>
    /// <param name="stream">Read up to the end of the state.</param>
    /// <exception cref="InvalidOperationException">
    /// This simulation is not at t = 0, on whose tumour further fields of radiotherapy are laid.
    /// </exception>
    /// <exception cref="ArgumentException">The courses of the other arm are not the first ones of this one.</exception>
    /// <exception cref="InvalidDataException">As of <see cref="ContinueArm"/>.</exception>
    public void BranchArm(ArmPlan arm, ArmPlan written, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(stream);
        if (arm.Therapy.Count < written.Therapy.Count || arm.Radiation.Count < written.Radiation.Count)
        {
            throw new ArgumentException("an arm goes on from the state of one whose courses are its first ones", nameof(arm));
        }

        if (arm.Radiation.Count > written.Radiation.Count)
        {
            BeginArm(arm);
        }
        else
        {
            Begin(arm);
        }

        (TherapyProcess therapy, TherapyState state, Radiation.RadiationProcess? radiation) = (_therapy, _therapyState, _radiation);
        Begin(written);
        Read(stream, inBurnIn: false);
        state.GoOnFrom(_therapyState);
        radiation?.GoOnFrom(_radiation);
        (_therapy, _therapyState, _radiation) = (therapy, state, radiation);
        foreach (RadiationCourse course in arm.Radiation)
        {
            for (int tile = 0; tile < Plan.Tissue.Tiles; tile++)
            {
                _lesions[TissueOf(course.Lesion, tile)].SetIrradiated(true);
            }
        }

        Settle(arm.Parameters, arm.Mechanisms);
        (_changes, _changed) = (arm.Changes, 0);
        FollowChanges(TimeHours - Plan.Time.StepHours);
    }

    private void Read(Stream stream, bool inBurnIn)
    {
        TransferProgress(new StateTransfer(stream, reads: true));
        if (InBurnIn != inBurnIn)
        {
            throw new InvalidDataException($"the state is of {(InBurnIn ? "a burn-in" : "an arm")}");
        }
    }

    private void TransferProgress(StateTransfer transfer)
    {
        Visit(transfer);
        if (InBurnIn)
        {
            VisitBurnIn(transfer);
        }
        else
        {
            VisitArm(transfer);
        }

        transfer.Finish();
    }

    /// <summary>What a burn-in has beside the state.</summary>
    internal void VisitBurnIn(StateVisitor visitor)
    {
        foreach (StartedLesion lesion in _started)
        {
            lesion.VisitBurnIn(visitor);
        }
    }

    // Changes of an arm act in the step that begins at their time or first after it.
    private void FollowChanges(double hours)
    {
        for (; _changed < _changes.Count && hours >= _changes[_changed].AtHours - 1e-6; _changed++)
        {
            Settle(_changes[_changed].Parameters, _changes[_changed].Mechanisms);
        }
    }

    // From here on these parameters and switches act; nothing of the state changes.
    private void Settle(ParameterSet parameters, MechanismSet mechanisms)
    {
        _parameters = parameters;
        _ = Cd8.Cd8Motion.SubSteps(_parameters, Plan.Time.StepHours, Plan.Tissue.SpacingUm);
        _radiation?.Settle(parameters, mechanisms);
        foreach (StartedLesion lesion in _started)
        {
            lesion.Begin(parameters, mechanisms);
        }

        _patientProcess = NewPatient(parameters, mechanisms);
    }
}
