namespace TmeSim.Experiments.Folders;

/// <summary>Files of a run folder are not those that the run wrote; the message names them and says what to do.</summary>
#pragma warning disable CA1032 // Without findings it would say nothing.
public sealed class DamagedRunException : RunFolderException
#pragma warning restore CA1032
{
    private const int Named = 20;

    /// <param name="directory">Folder.</param>
    /// <param name="damage">What was found, at least one.</param>
    /// <param name="command">Command that made the run; null when nobody knows.</param>
    public DamagedRunException(string directory, IReadOnlyList<Finding> damage, string? command)
        : base($"{directory} is not as it was written:\n  {string.Join("\n  ", Lines(damage))}\n{Remedy(command)}") =>
        Damage = damage;

    /// <summary>What was found.</summary>
    public IReadOnlyList<Finding> Damage { get; }

    /// <summary>What to do, in words.</summary>
    internal static string Remedy(string? command) =>
        $"run {(command is null ? "the scenario" : $"'{command}'")} again: it makes what is damaged again, keeps the rest, and puts "
            + "damaged files aside";

    /// <summary>Findings in words; of very many only the first.</summary>
    internal static IEnumerable<string> Lines(IReadOnlyList<Finding> damage) =>
        damage.Take(Named).Select(f => f.ToString())
            .Concat(damage.Count > Named ? [$"and {damage.Count - Named} more; 'tmesim verify' lists all"] : []);
}
