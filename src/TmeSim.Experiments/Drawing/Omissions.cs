namespace TmeSim.Experiments.Drawing;

/// <summary>Something that a figure was asked for and does not show.</summary>
/// <param name="What">What is not drawn.</param>
/// <param name="Why">Why not.</param>
/// <param name="Possible">What can be drawn, a sentence without its full stop; empty for nothing.</param>
internal sealed record Omission(string What, string Why, string Possible = "")
{
    /// <summary>Told of the usual figures too, not only of those that a scenario asks for.</summary>
    public bool Always { get; init; }

    /// <summary>One line for terminal, log and page.</summary>
    /// <param name="figure">Name of the figure: "tissue, entry 2 of figures".</param>
    public string Text(string figure) => $"Not drawn ({figure}): {What}: {Why}.{(Possible.Length > 0 ? $" {Possible}." : "")}";
}

/// <summary>What one figure leaves out; each thing once.</summary>
internal sealed class Omissions
{
    private readonly List<Omission> _all = [];

    /// <summary>In the order in which drawing came upon them.</summary>
    public IReadOnlyList<Omission> All => _all;

    /// <summary>Adds one.</summary>
    /// <param name="what">What is not drawn.</param>
    /// <param name="why">Why not.</param>
    /// <param name="possible">What can be drawn.</param>
    /// <param name="always">Told of the usual figures too.</param>
    public void Add(string what, string why, string possible = "", bool always = false)
    {
        var omission = new Omission(what, why, possible) { Always = always };
        if (!_all.Contains(omission))
        {
            _all.Add(omission);
        }
    }
}
