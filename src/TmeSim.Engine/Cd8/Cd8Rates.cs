using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// What tumour-reactive CD8 T cells do by their state (MODEL.md 7.6, differentiation). Rates [1/h], tables by <see cref="Cd8State"/>.
/// </summary>
internal sealed class Cd8Rates
{
    public Cd8Rates(ProcessSetup setup)
    {
        float death = setup.Rate(Parameter.Cd8DeathRate), division = setup.Rate(Parameter.Cd8ProliferationRate);
        float[] deaths = [death, setup.Rate(Parameter.Cd8PrecursorDeathRate), death, setup.Rate(Parameter.Cd8ResidentDeathRate)];
        Recall = setup.Rate(Parameter.Cd8RecallRate);
        Renewal = setup.Rate(Parameter.Cd8ResidentDivisionRate);
        float[] divisions = [division, setup.Rate(Parameter.Cd8PrecursorDivisionRate), 0, MathF.Max(Recall, Renewal)];
        Death = setup.IsOn(Mechanism.Cd8Death) ? deaths : new float[Cd8State.Count];
        Division = setup.IsOn(Mechanism.Cd8Proliferation) ? divisions : new float[Cd8State.Count];
        TerminalPd1 = setup.Rate(Parameter.Cd8TerminalPd1Rate);
        TerminalSuppressive = setup.Rate(Parameter.Cd8TerminalSuppressiveRate);
        Residency = setup.Rate(Parameter.Cd8ResidencyRate);
        PrecursorRenewal = (float)setup.Value(Parameter.Cd8PrecursorRenewal);
        TerminalScore = (float)setup.Value(Parameter.Cd8TerminalExhaustion);
        SuppressionHalf = (float)setup.Value(Parameter.SuppressiveKillHalf);
        TgfbShare = (float)setup.Value(Parameter.SuppressiveTgfbShare);
    }

    /// <summary>Death by state.</summary>
    public float[] Death { get; }

    /// <summary>Division by state, the largest there can be.</summary>
    public float[] Division { get; }

    /// <summary>Division of a resident cell that holds a target: its answer to antigen.</summary>
    public float Recall { get; }

    /// <summary>Division of a resident cell without one.</summary>
    public float Renewal { get; }

    /// <summary>Terminal exhaustion of an engaged effector at full PD-1 suppression.</summary>
    public float TerminalPd1 { get; }

    /// <summary>Terminal exhaustion of an engaged effector at a saturating suppressive signal, on top.</summary>
    public float TerminalSuppressive { get; }

    /// <summary>Residency of an effector or precursor that has no target in reach.</summary>
    public float Residency { get; }

    /// <summary>Probability that the daughter of a precursor is a precursor.</summary>
    public float PrecursorRenewal { get; }

    /// <summary>Exhaustion that a terminal cell has at least.</summary>
    public float TerminalScore { get; }

    /// <summary>Suppressive signal at which half of <see cref="TerminalSuppressive"/> acts.</summary>
    public float SuppressionHalf { get; }

    /// <summary>Share of TGF-β in the suppressive signal.</summary>
    public float TgfbShare { get; }

    /// <summary>The probability of each rate of a table within a step of so many hours.</summary>
    public static void Chances(float[] rates, float stepHours, Span<float> chances)
    {
        for (int state = 0; state < chances.Length; state++)
        {
            chances[state] = DetMath.Probability(rates[state] * stepHours);
        }
    }

    /// <summary>Share of reactive newcomers that are precursors; 0 where states are not told apart.</summary>
    public static float PrecursorShare(ParameterSet parameters, MechanismSet mechanisms) =>
        mechanisms.IsOn(Mechanism.Cd8Differentiation) ? (float)parameters[Parameter.Cd8PrecursorShare] : 0;

    /// <summary>State of a newcomer.</summary>
    /// <param name="block">Its draw of <see cref="Purpose.Cd8Birth"/>.</param>
    /// <param name="reactive">Whether it knows the tumour.</param>
    /// <param name="precursorShare">Share of precursors among those that do.</param>
    public static byte Newcomer(in PhiloxBlock block, bool reactive, float precursorShare) =>
        reactive && Draws.Uniform(block.X1) < precursorShare ? Cd8State.Precursor : Cd8State.Effector;
}
