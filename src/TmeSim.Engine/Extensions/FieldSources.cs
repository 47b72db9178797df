using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Extensions;

/// <summary>
/// Where sources of a signal are written: (1 + dt (λ + u)) c = c_old + dt s. Called on one thread; go over cells or sites, each once.
/// </summary>
public sealed class FieldSources
{
    private readonly SiteArray<float> _source;
    private readonly SiteArray<float>? _diagonal;
    private readonly float _dt;

    internal FieldSources(LesionState lesion, SiteArray<float> source, SiteArray<float>? diagonal, float dt) =>
        (Lesion, _source, _diagonal, _dt) = (lesion, source, diagonal, dt);

    /// <summary>The lesion.</summary>
    public LesionState Lesion { get; }

    /// <summary>Puts out at a site.</summary>
    public void Add(int site, double perHour) => _source[site] += _dt * (float)perHour;

    /// <summary>Takes up at a site, in proportion to the level.</summary>
    /// <exception cref="InvalidOperationException">The signal is one of the engine.</exception>
    public void TakeUp(int site, double perHour) =>
        (_diagonal ?? throw new InvalidOperationException("only fields of the extension take up"))[site] += _dt * (float)perHour;
}
