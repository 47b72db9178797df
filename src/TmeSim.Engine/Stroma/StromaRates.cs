using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Stroma;

/// <summary>
/// Numbers of matrix turnover: dρ/dt = δ (F · m · g/g_ref − ρ), g = 1 − a + r a, a = k H(T)/(k H(T) + l) (MODEL.md 7.12; secretion, decay
/// and CAF rates of spQSP-HCC).
/// </summary>
internal readonly struct StromaRates
{
    public StromaRates(ProcessSetup setup)
    {
        DecayPerHour = setup.Rate(Parameter.StromaEcmDecay);
        CafRatio = (float)setup.Value(Parameter.StromaCafRatio);
        Activation = setup.Rate(Parameter.StromaCafActivationRate, TimeUnit.Day);
        Loss = setup.Rate(Parameter.StromaCafLossRate, TimeUnit.Day);
        TgfbShare = (float)setup.Value(Parameter.SuppressiveTgfbShare);
        FollowsField = setup.IsOn(Mechanism.StromaCafActivation);
        ReferenceShare = ActiveShare((float)setup.Value(Parameter.StromaTgfbReference));
    }

    /// <summary>Decay of matrix δ [1/h].</summary>
    public float DecayPerHour { get; }

    /// <summary>Secretion of a CAF relative to a resting fibroblast, r.</summary>
    public float CafRatio { get; }

    /// <summary>Activation of fibroblasts at saturating TGF-β, k [1/d].</summary>
    public float Activation { get; }

    /// <summary>Loss of the activated state, l [1/d].</summary>
    public float Loss { get; }

    /// <summary>Share of the suppressive signal that is TGF-β.</summary>
    public float TgfbShare { get; }

    /// <summary>False: the active share is that of the reference everywhere.</summary>
    public bool FollowsField { get; }

    /// <summary>Active share at the reference level of TGF-β.</summary>
    public float ReferenceShare { get; }

    /// <summary>Secretion of a fibroblast population with this active share, relative to resting fibroblasts.</summary>
    /// <param name="active">Share of activated fibroblasts.</param>
    /// <param name="blocked">Share of their output that a drug takes away.</param>
    public float Secretion(float active, float blocked = 0) => 1 - active + CafRatio * active * (1 - blocked);

    /// <summary>
    /// Active share a at a level of TGF-β [polarisation constant]: activation k H(T) against loss l, both fast against matrix turnover.
    /// </summary>
    public float ActiveShare(float tgfb)
    {
        float up = Activation * tgfb;
        return up / (up + Loss * (1 + tgfb));
    }
}
