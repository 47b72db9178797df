namespace TmeSim.Reports.Writers;

/// <summary>How long a frame of an animation stays, as a fraction of seconds.</summary>
/// <param name="Numerator">Numerator [s].</param>
/// <param name="Denominator">Denominator, positive.</param>
public readonly record struct FrameDelay(ushort Numerator, ushort Denominator);
