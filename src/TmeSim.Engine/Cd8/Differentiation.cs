using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// States of tumour-reactive CD8 T cells (MODEL.md 7.6): who changes state in a step, who divides, and what daughters are. Exists only
/// where <c>cd8.differentiation</c> is on.
/// </summary>
internal sealed class Differentiation
{
    private readonly LesionState _lesion;
    private readonly RowRunner _runner;
    private readonly KillHazard _hazard;
    private readonly TargetMap _targets;
    private readonly Cd8Rates _rates;
    private readonly CellDraws _draws = new();
    private readonly float[] _death = new float[Cd8State.Count];
    private readonly float[] _division = new float[Cd8State.Count];

    public Differentiation(ProcessSetup setup, KillHazard hazard, TargetMap targets)
    {
        (_lesion, _runner, _hazard, _targets) = (setup.Lesion, setup.Runner, hazard, targets);
        _rates = new Cd8Rates(setup);
    }

    /// <summary>Probability by state that a cell dies in this step; good after <see cref="Change"/>.</summary>
    public ReadOnlySpan<float> Death => _death;

    /// <summary>Probability by state that a cell divides in this step, at most.</summary>
    public ReadOnlySpan<float> Division => _division;

    /// <summary>Changes of state in this step, each cell for itself.</summary>
    public void Change(in StepContext context)
    {
        Cd8Store cells = _lesion.Cd8;
        float hours = (float)context.StepHours;
        Cd8Rates.Chances(_rates.Death, hours, _death);
        Cd8Rates.Chances(_rates.Division, hours, _division);
        _draws.Draw(cells.Id.Values, cells.Count, Purpose.Cd8State, context);
        _runner.Run(new Changing(this, context), cells.Count, Moves.CellsPerBlock);
    }

    /// <summary>Whether a cell whose draw lies below <see cref="Division"/> of its state divides.</summary>
    /// <param name="i">The cell.</param>
    /// <param name="u">Its draw, uniform.</param>
    /// <param name="maxDivisions">Divisions of an effector at most.</param>
    /// <param name="context">The step.</param>
    public bool Divides(int i, float u, int maxDivisions, in StepContext context)
    {
        Cd8Store cells = _lesion.Cd8;
        int target = cells.Target[i];
        float hours = (float)context.StepHours;
        return cells.Reactive[i] != 0 && cells.State[i] switch
        {
            Cd8State.Effector => target != 0 && cells.Divisions[i] < maxDivisions,
            Cd8State.Precursor => target != 0 && u < DetMath.Probability(
                _rates.Division[Cd8State.Precursor] * (1 - _hazard.Suppression(cells.Site[i], target, context.Exposure)) * hours),
            Cd8State.Resident => u < DetMath.Probability((target != 0 ? _rates.Recall : _rates.Renewal) * hours),
            _ => false,
        };
    }

    /// <summary>
    /// State and division count of the daughter of cell i, which has room for it; the mother changes with it. Precursors stay what they
    /// are; a resident cell that answers antigen becomes one, and its daughter an effector.
    /// </summary>
    public (byte State, byte Divisions) Daughter(int i, in StepContext context)
    {
        Cd8Store cells = _lesion.Cd8;
        switch (cells.State[i])
        {
            case Cd8State.Precursor:
                bool renewed = Draws.Uniform(context.Draw(cells.Id[i], Purpose.Cd8State).X1) < _rates.PrecursorRenewal;
                return (renewed ? Cd8State.Precursor : Cd8State.Effector, 0);
            case Cd8State.Resident when cells.Target[i] != 0:
                cells.State[i] = Cd8State.Precursor;
                return (Cd8State.Effector, 0);
            case Cd8State.Resident:
                return (Cd8State.Resident, 0);
            default:
                // Effectors, and terminal cells that end the cycle which they were arrested in.
                return (cells.State[i], ++cells.Divisions[i]);
        }
    }

    private readonly unsafe struct Changing(Differentiation owner, StepContext context) : IRowKernel
    {
        public void Run(int first, int end)
        {
            Cd8Rates rates = owner._rates;
            float hours = (float)context.StepHours;
            float residency = DetMath.Probability(rates.Residency * hours);
            float bound = MathF.Max(residency, DetMath.Probability((rates.TerminalPd1 + rates.TerminalSuppressive) * hours));
            fixed (uint* words = owner._draws.Words)
            {
                for (int i = first; i < end; i++)
                {
                    // What is rare is asked first: no change is likelier than the bound.
                    float u = Draws.Uniform(words[4L * i]);
                    if (u < bound)
                    {
                        Change(i, u, residency, hours);
                    }
                }
            }
        }

        private void Change(int i, float u, float residency, float hours)
        {
            Cd8Store cells = owner._lesion.Cd8;
            int site = cells.Site[i], target = cells.Target[i];
            if (cells.Reactive[i] == 0 || cells.State[i] is not (Cd8State.Effector or Cd8State.Precursor))
            {
                return;
            }

            if (!owner._targets[target])
            {
                cells.State[i] = u < residency && owner._targets.Around(site) == 0 ? Cd8State.Resident : cells.State[i];
            }
            else if (cells.State[i] == Cd8State.Effector && u < DetMath.Probability(TerminalPerHour(site, target) * hours))
            {
                cells.State[i] = Cd8State.Terminal;
                cells.Exhaustion[i] = MathF.Max(cells.Exhaustion[i], owner._rates.TerminalScore);
            }
        }

        private float TerminalPerHour(int site, int target)
        {
            Cd8Rates rates = owner._rates;
            float level = LocalDrug.FreeSuppressive(owner._lesion, context.Exposure, rates.TgfbShare, site);
            return (rates.TerminalPd1 * owner._hazard.Suppression(site, target, context.Exposure))
                + (rates.TerminalSuppressive * level / (level + rates.SuppressionHalf));
        }
    }
}
