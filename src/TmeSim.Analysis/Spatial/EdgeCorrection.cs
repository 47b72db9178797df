namespace TmeSim.Analysis.Spatial;

/// <summary>How a statistic makes up for neighbours that lie outside the window and are not seen.</summary>
public enum EdgeCorrection : byte
{
    /// <summary>Not at all: biased towards fewer neighbours.</summary>
    None,

    /// <summary>Only points at least r from the edge ask for neighbours within r (minus sampling, "reduced sample"). Any window.</summary>
    Border,

    /// <summary>
    /// A pair at displacement d weighs |W| / |W ∩ (W + d)| (Ohser and Stoyan 1981, Biom. J. 23, 523). Any window.
    /// </summary>
    Translate,

    /// <summary>
    /// A pair weighs one over the share of the circle around its first point, through the second, that lies in the window (Ripley 1976,
    /// J. Appl. Probab. 13, 255, doi:10.2307/3212829). Rectangles only.
    /// </summary>
    Isotropic,
}
