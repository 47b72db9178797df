using System.Globalization;
using System.Text;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>One file of a run against its manifest.</summary>
/// <param name="Findings">What is the matter with it; none where it is as it was written.</param>
/// <param name="Lost">Arms and replicates that it lost something of.</param>
/// <param name="Table">Its lines, of a table that is not as it was written; null otherwise.</param>
internal sealed record FileCheck(IReadOnlyList<Finding> Findings, IReadOnlyList<ArmReplicate> Lost, BlockLines? Table)
{
    private static readonly FileCheck Intact = new([], [], null);

    /// <summary>Checks a file.</summary>
    /// <param name="directory">Folder of the run.</param>
    /// <param name="file">What was written.</param>
    /// <param name="manifest">The manifest that says so.</param>
    public static FileCheck Of(string directory, FileEntry file, Manifest manifest)
    {
        string path = Path.Combine(directory, file.Path);
        FileLook look = FileLook.At(path);
        FindingKind kind = look.Exists ? FindingKind.Changed : FindingKind.Missing;
        string? text = null;
        string? what = look.What;
        try
        {
            // Other files of the same length are looked at as well, so that what was swapped can be told.
            FileSum? sum = what is null && (look.Length == file.Size || manifest.Files.Any(f => f.Size == look.Length))
                ? FileSum.Of(path) : null;
            if (sum is { } found && found == new FileSum(file.Size, file.Sha256))
            {
                return Intact;
            }

            what ??= manifest.Files.FirstOrDefault(f => f.Sha256 == sum?.Sha256) is { } other ? $"it holds what was written to {other.Path}"
                : Length(look.Length, file.Size);
            text = file.Header is not null && look.What is null ? Utf8(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (kind, what) = (FindingKind.Unreadable, $"cannot be read: {e.Message}");
        }

        if (file.Header is { } header)
        {
            return OfTable(file.Path, header, BlockLines.Of(text ?? ""), new Finding(kind, file.Path, null, null, what!), manifest);
        }

        ArmReplicate[] lost = file.Arm is { } arm ? [new ArmReplicate(arm, file.Replicate!.Value)] : [];
        return new FileCheck([new Finding(kind, file.Path, file.Arm, file.Replicate, what!)], lost, null);
    }

    // With a byte order mark, if there is one: it is none of what was written.
    private static string Utf8(string path)
    {
        using FileStream stream = RegularFile.OpenRead(path);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static string Length(long found, long written) =>
        found == written ? "changed: its SHA-256 is not the one in manifest.json"
        : string.Create(CultureInfo.InvariantCulture,
            $"{(found < written ? "cut short" : "changed")}: {found:#,0} bytes where {written:#,0} were written");

    // A table costs the arms whose lines are not those that were written, no others.
    private static FileCheck OfTable(string file, string header, BlockLines table, Finding whole, Manifest manifest)
    {
        ArmReplicate[] done = [.. manifest.Done.Select(d => new ArmReplicate(d.Arm, d.Replicate))];
        ArmReplicate[] lost = [.. manifest.Done.Where(
            d => d.Tables.GetValueOrDefault(file) != BlockLines.Sum(table[new(d.Arm, d.Replicate)]))
            .Select(d => new ArmReplicate(d.Arm, d.Replicate))];
        ArmReplicate[] others = [.. table.Owners.Except(done)];
        if (whole.Kind != FindingKind.Changed || lost.Length == done.Length)
        {
            return new FileCheck([lost.Length == 0 ? whole : whole with { Text = whole.Text + "; every finished arm is concerned" }],
                lost, table);
        }

        if (lost.Length > 0)
        {
            return new FileCheck([.. lost.Select(
                l => new Finding(FindingKind.Changed, file, l.Arm, l.Replicate, table[l].Any() ? "its lines are not those that were written"
                : "its lines are missing"))], lost, table);
        }

        // Tables are written before the manifest that lists their new lines.
        return new FileCheck(
            [
                table.Header == header && others.Length > 0 && manifest.Status != Manifest.Finished
                    && others.All(o => manifest.Arms.Contains(o.Arm) && o.Replicate >= 0)
                    ? new Finding(FindingKind.Newer, file, null, null,
                        $"has lines of {string.Join(", ", others.Select(o => $"{o.Arm} #{o.Replicate}"))}, which the run was stopped "
                        + "before it could list")
                    : whole with { Text = $"changed: {Difference(table, header, others)}; the lines of every finished arm are there" },
            ],
            [],
            table);
    }

    private static string Difference(BlockLines table, string header, ArmReplicate[] others) =>
        table.Header != header ? "its first line is another"
        : others.Length > 0
            ? $"it has {others.Sum(o => table[o].Count())} lines that belong to no finished arm, the first of them "
            + $"'{Start(table[others[0]].First())}'"
        : "other line ends, empty lines or another order";

    private static string Start(string line) => line.Length > 60 ? line[..60] + "…" : line;
}
