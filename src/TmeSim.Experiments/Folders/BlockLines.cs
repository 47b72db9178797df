using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// The text of a table whose lines begin with arm and replicate, taken apart. Line ends of other systems and empty lines are passed over:
/// they change the file, not what it says.
/// </summary>
internal sealed class BlockLines
{
    private readonly ILookup<ArmReplicate, string> _lines;

    private BlockLines(string header, ILookup<ArmReplicate, string> lines) => (Header, _lines) = (header, lines);

    /// <summary>First line; empty when there is none.</summary>
    public string Header { get; }

    /// <summary>Whose lines there are. A line without arm and replicate is of arm "", replicate −1.</summary>
    public IEnumerable<ArmReplicate> Owners => _lines.Select(g => g.Key);

    /// <summary>Lines of an arm in a replicate, in the order of the file; none when it has none.</summary>
    public IEnumerable<string> this[ArmReplicate owner] => _lines[owner];

    /// <summary>Takes a text apart.</summary>
    public static BlockLines Of(string text)
    {
        string[] lines = [.. text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0)];
        return new BlockLines(lines.Length > 0 ? lines[0] : "", lines.Skip(1).ToLookup(Owner));
    }

    /// <summary>SHA-256 of lines, each ended by a line feed.</summary>
    public static string Sum(IEnumerable<string> lines)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string line in lines)
        {
            sum.AppendData(Encoding.UTF8.GetBytes(line));
            sum.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(sum.GetHashAndReset());
    }

    private static ArmReplicate Owner(string line) =>
        Csv.Leading(line, 2) is [var arm, var number] && int.TryParse(number, CultureInfo.InvariantCulture, out int replicate)
            ? new ArmReplicate(arm, replicate) : new ArmReplicate("", -1);
}
