using System.Text.RegularExpressions;

namespace TmeSim.Experiments.Tests;

/// <summary>
/// Walls inside the projects, read from their sources: a folder is a room, its namespace is its name, and references between rooms point one way. A room sees
/// those that it stands in without a word; of all others its files name what they use.
/// </summary>
public sealed partial class WallTests
{
    /// <summary>Projects, each after those that it refers to.</summary>
    private static readonly (string Project, string Uses)[] Projects =
    [
        ("Engine", ""),
        ("Analysis", "Engine"),
        ("Scenarios", "Engine Analysis"),
        ("Reports", "Engine Analysis"),
        ("Reports.ScottPlot", "Engine Reports"),
        ("Experiments", "Engine Analysis Scenarios Reports"),
        ("Cli", "Engine Analysis Scenarios Reports Experiments"),
    ];

    /// <summary>Rooms of a project, each after those that it may use: a room that is not here is an error, and so is a reference to a later one.</summary>
    private static readonly Dictionary<string, (string Room, string Uses)[]> Rooms = new(StringComparer.Ordinal)
    {
        ["Cli"] = [],
    };

    /// <summary>References that are still to go: file and room. One that is gone has to leave the list.</summary>
    private static readonly string[] Exceptions =
    [
    ];

    public static TheoryData<string> Names => [.. Projects.Select(p => p.Project)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ReferencesBetweenRooms_PointOneWay(string project)
    {
        (string Room, string Uses)[] rooms = Rooms.GetValueOrDefault(project, []);
        List<string> found = [], wrong = [];
        foreach (Source source in Sources(project))
        {
            string name = $"TmeSim.{project}", folder = string.Join('.', (string[])[name, .. source.File.Split('/')[1..^1]]);
            string room = source.Namespace.Length > name.Length ? source.Namespace[(name.Length + 1)..] : "";
            if (source.Namespace != folder)
            {
                wrong.Add($"{source.File}: namespace {source.Namespace}, but the folder is {folder}");
            }

            if (rooms.Length > 0 && room.Length > 0 && rooms.All(r => r.Room != room))
            {
                wrong.Add($"{source.File}: {room} is no room of {project}");
            }

            string[] allowed = rooms.FirstOrDefault(r => r.Room == room).Uses?.Split(' ') ?? [];
            foreach (string used in source.Used.Where(u => u.StartsWith(name + ".", StringComparison.Ordinal)).Select(u => u[(name.Length + 1)..]))
            {
                if (room.Length > 0 && used != room && !room.StartsWith(used + ".", StringComparison.Ordinal) && rooms.Any(r => r.Room == used) && !allowed.Contains(used))
                {
                    found.Add($"{source.File} -> {used}");
                }
            }
        }

        string[] known = [.. Exceptions.Where(e => e.StartsWith($"TmeSim.{project}/", StringComparison.Ordinal))];
        wrong.AddRange(found.Except(known).Select(f => $"{f}: this room may not use that one"));
        wrong.AddRange(known.Except(found).Select(f => $"{f}: is gone, take it off the exceptions"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void TableOfRooms_HasEachAfterThoseThatItUses()
    {
        foreach ((string project, (string Room, string Uses)[] rooms) in Rooms.Append(new("projects", Projects)))
        {
            foreach ((int i, (string room, string uses)) in rooms.Index())
            {
                string[] later = [.. uses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(rooms.Take(i).Select(r => r.Room))];
                Assert.True(later.Length == 0, $"{project}: {room} uses {string.Join(", ", later)}, which stands after it or not at all");
            }
        }
    }

    [Fact]
    public void Projects_ReferToThoseOfTheTable()
    {
        foreach ((string project, string uses) in Projects)
        {
            string text = File.ReadAllText(Path.Combine(Root, $"TmeSim.{project}", $"TmeSim.{project}.csproj"));
            string[] referred = [.. ReferencePattern().Matches(text).Select(m => m.Groups[1].Value)], allowed = uses.Split(' ');
            Assert.True(referred.All(allowed.Contains), $"{project} refers to {string.Join(", ", referred.Except(allowed))}");
        }
    }

    private static string Root { get; } = FindRoot();

    private static IEnumerable<Source> Sources(string project) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, $"TmeSim.{project}"), "*.cs", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        orderby file
        let text = CommentPattern().Replace(File.ReadAllText(path), "")
        let space = NamespacePattern().Match(text)
        where space.Success
        select new Source(file, space.Groups[1].Value, [.. UsingPattern().Matches(text).Select(m => m.Groups[1].Value).Distinct()]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TmeSim.sln")))
            {
                return Path.Combine(folder.FullName, "src");
            }
        }

        throw new DirectoryNotFoundException("the folder of TmeSim.sln is not above that of the tests");
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentPattern();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"^using (?:static |\w+ = )?(TmeSim[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingPattern();

    [GeneratedRegex(@"ProjectReference Include="".*?TmeSim\.([\w.]+)\.csproj""")]
    private static partial Regex ReferencePattern();

    /// <summary>A file with the namespaces that it names.</summary>
    private sealed record Source(string File, string Namespace, IReadOnlyList<string> Used);
}
