using System.Text.RegularExpressions;

namespace TmeSim.Experiments.Tests;

/// <summary>
/// Walls inside the projects, read from their sources: a folder is a room, its namespace is its name, and references between rooms point one
/// way. A room sees those that it stands in without a word; of all others its files name what they use.
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
        ("Experiments", "Engine Analysis Scenarios Reports"),
        ("Cli", "Engine Analysis Scenarios Reports Experiments"),
    ];

    /// <summary>Rooms of a project, each after those that it may use: a room that is not here is an error.</summary>
    private static readonly Dictionary<string, (string Room, string Uses)[]> Rooms = new(StringComparer.Ordinal)
    {
        ["Engine"] =
        [
            ("Numerics", ""),
            ("Lattice", "Numerics"),
            ("Multigrid", "Numerics Lattice"),
            ("Plan", ""),
            ("State", "Numerics Lattice Multigrid Plan"),
            ("Immune", "Numerics Lattice Multigrid Plan State"),
            ("Clones", "Numerics Plan State Immune"),
            ("Patient", "Numerics Plan State"),
            ("Therapies", "Numerics Plan State"),
            ("Radiation", "Numerics Lattice Plan State Immune Patient Therapies"),
            ("Vessels", "Numerics Lattice Multigrid Plan State"),
            ("Extensions", "Numerics Lattice Plan State Immune"),
            ("Fields", "Numerics Lattice Multigrid Plan State Immune Clones Extensions"),
            ("Observers", "Numerics Lattice Multigrid Plan State Immune Patient Therapies Fields"),
            ("Stroma", "Numerics Lattice Multigrid Plan State Immune Fields Vessels"),
            ("Tumor", "Numerics Lattice Multigrid Plan State Immune Clones Fields"),
            ("Cd8", "Numerics Lattice Multigrid Plan State Immune Clones Fields Stroma Tumor"),
            ("Macrophages", "Numerics Lattice Multigrid Plan State Immune Fields Tumor"),
            ("Start", "Numerics Lattice Plan State Immune Clones Patient Vessels Stroma Observers Tumor Cd8 Macrophages"),
        ],
        ["Analysis"] =
        [
            ("Contrasts", ""),
            ("Growth", ""),
            ("Sensitivity", "Contrasts"),
            ("Survival", "Contrasts Sensitivity"),
            ("Outcomes", "Contrasts Sensitivity Survival"),
            ("Trees", "Contrasts Sensitivity Survival"),
            ("Cohorts", "Sensitivity"),
            ("Trials", "Cohorts"),
            ("Shapes", ""),
            ("Spatial", "Contrasts Shapes"),
            ("Measures", "Shapes Spatial"),
        ],
        ["Scenarios"] =
        [
            ("Diagnostics", ""),
            ("Files", "Diagnostics"),
            ("Units", "Diagnostics"),
            ("Tables", "Files"),
            ("Yaml", "Diagnostics Files"),
            ("Parameters", "Diagnostics Files Units Yaml"),
            ("Keys", "Units Parameters"),
            ("Reading", "Diagnostics Units Yaml Keys"),
            ("Drugs", "Diagnostics Yaml Parameters Keys Reading"),
            ("Explaining", "Diagnostics Units Parameters Keys Reading Drugs"),
            ("Resolve", "Diagnostics Files Tables Units Yaml Parameters Keys Reading Drugs"),
        ],
        ["Reports"] =
        [
            ("Figures", ""),
            ("Words", ""),
            ("Plots.Plottables", "Figures Words"),
            ("Plots.Ticks", "Words"),
            ("Plots", "Figures Words Plots.Plottables Plots.Ticks"),
            ("Domain.Sweeps", "Figures Words Plots"),
            ("Domain.Trials", "Figures Words Plots"),
            ("Writers", "Figures Words Plots"),
            ("Domain", "Figures Words Plots Writers"),
            ("Html.Viewer", "Figures Words Plots Domain"),
            ("Html.Explorer", "Figures Words Plots Html.Viewer"),
            ("Html", "Figures Words Plots Writers Html.Viewer Html.Explorer"),
        ],
        ["Experiments"] =
        [
            ("Measures", ""),
            ("Folders", "Measures"),
            ("Bench", "Folders"),
            ("Journal", "Measures Folders"),
            ("Results", "Measures Folders Journal"),
            ("Checkpoints", "Measures Folders"),
            ("Running", "Measures Folders Checkpoints"),
            ("Designs", "Measures Folders Journal Results Running"),
            ("Trials", "Folders Journal Results Designs"),
            ("Evidence", "Measures Folders Running Results Trials"),
            ("Cells", "Folders Results"),
            ("Exports.Formats", "Folders Results Cells"),
            ("Exports", "Folders Results Running Cells Exports.Formats"),
            ("Drawing", "Measures Folders Journal Results Designs Trials Exports"),
            ("Reporting", "Measures Folders Journal Results Designs Trials Evidence Drawing"),
            ("Work", "Measures Folders Bench Checkpoints Journal Results Running Designs Trials Evidence Drawing Reporting"),
            ("Cluster", "Folders Journal Results Running Designs Work"),
        ],
        ["Cli"] =
        [
            ("Progress", ""),
            ("Commands", "Progress"),
        ],
    };

    /// <summary>
    /// References that point the other way, by file: rules that a library user adds are named by the plan and the kind that they belong to. One that
    /// is gone has to leave the list.
    /// </summary>
    private static readonly string[] Exceptions =
    [
        "TmeSim.Engine/Extensions/KindStep.cs -> Fields",
        "TmeSim.Engine/Plan/SimulationPlan.cs -> Extensions",
        "TmeSim.Engine/State/ImmuneKind.cs -> Extensions",
        "TmeSim.Engine/State/LesionState.cs -> Extensions",
    ];

    public static TheoryData<string> Names => [.. Rooms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ReferencesBetweenRooms_PointOneWay(string project)
    {
        (string Room, string Uses)[] rooms = Rooms[project];
        List<string> found = [], wrong = [];
        foreach (Source source in Sources(project))
        {
            string name = $"TmeSim.{project}", folder = string.Join('.', (string[])[name, .. source.File.Split('/')[1..^1]]);
            string room = source.Namespace.Length > name.Length ? source.Namespace[(name.Length + 1)..] : "";
            if (source.Namespace != folder)
            {
                wrong.Add($"{source.File}: namespace {source.Namespace}, but the folder is {folder}");
            }

            if (room.Length > 0 && rooms.All(r => r.Room != room))
            {
                wrong.Add($"{source.File}: {room} is no room of {project}");
            }

            string[] allowed = rooms.FirstOrDefault(r => r.Room == room).Uses?.Split(' ') ?? [];
            IEnumerable<string> others = source.Used.Select(used => rooms.Select(r => r.Room).Where(r => IsIn(used, $"{name}.{r}")).MaxBy(r => r.Length))
                .OfType<string>().Distinct().Where(used => room.Length > 0 && !IsIn(room, used));
            found.AddRange(others.Except(allowed).Select(used => $"{source.File} -> {used}"));
        }

        string[] known =
        [
            .. from row in Exceptions
               where row.StartsWith($"TmeSim.{project}/", StringComparison.Ordinal)
               let parts = row.Split(" -> ")
               from used in parts[1].Split(' ')
               select $"{parts[0]} -> {used}",
        ];
        wrong.AddRange(found.Except(known).Select(f => $"{f}: using TmeSim.{project}.{f.Split(' ')[^1]}, which this room may not use"));
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

    /// <summary>Files, folders and types that the documents name by a path are there, in sources or tests.</summary>
    [Theory]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("TmeSim.Engine/MODEL.md")]
    [InlineData("TmeSim.Engine/FINDINGS.md")]
    public void PathsInDocuments_Exist(string document)
    {
        string top = Path.GetDirectoryName(Root)!;
        string[] there =
        [
            .. from folder in (string[])["src", "tests"]
               from path in Directory.EnumerateFileSystemEntries(Path.Combine(top, folder), "*", SearchOption.AllDirectories)
               let name = "/" + Path.GetRelativePath(top, path).Replace('\\', '/').Replace("TmeSim.", "", StringComparison.Ordinal)
               where Directory.Exists(path) || name.EndsWith(".cs", StringComparison.Ordinal)
               select name,
        ];
        string[] named = [.. PathPattern().Matches(File.ReadAllText(Path.Combine(Root, document))).Select(m => m.Groups[1].Value).Distinct()];
        Assert.NotEmpty(named);
        string[] gone = [.. named.Where(n => !there.Any(Ending(n).IsMatch))];
        Assert.True(gone.Length == 0, $"{document} names what is not there: {string.Join(", ", gone)}");

        static Regex Ending(string name) => new("/"
            + Regex.Escape(name.Replace("TmeSim.", "", StringComparison.Ordinal)).Replace("\\*", "[^/]*", StringComparison.Ordinal)
            + "(\\.cs)?$");
    }

    private static bool IsIn(string space, string room) => space == room || space.StartsWith(room + ".", StringComparison.Ordinal);

    private static string Root { get; } = FindRoot();

    private static IEnumerable<Source> Sources(string project)
    {
        (string File, string Text, string Space)[] all =
        [
            .. from path in Directory.EnumerateFiles(Path.Combine(Root, $"TmeSim.{project}"), "*.cs", SearchOption.AllDirectories)
               let file = Path.GetRelativePath(Root, path).Replace('\\', '/')
               where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
               orderby file
               let text = CommentPattern().Replace(File.ReadAllText(path), "")
               let space = NamespacePattern().Match(text)
               where space.Success
               select (file, text, space.Groups[1].Value),
        ];

        // A type of another room by the end of its namespace, as in Room.Type: a property may be called as a room is, a type of it may not.
        ILookup<string, string> spaces = all.SelectMany(s => TypePattern().Matches(s.Text).Select(m =>
            (Name: $"{s.Space.Split('.')[^1]}.{m.Groups[1].Value}", s.Space))).ToLookup(t => t.Name, t => t.Space);
        return all.Select(s => new Source(s.File, s.Space,
        [
            .. UsingPattern().Matches(s.Text).Select(m => m.Groups[1].Value)
                .Concat(QualifiedPattern().Matches(NamespacePattern().Replace(s.Text, "")).Select(m => m.Value))
                .Concat(PartPattern().Matches(s.Text).SelectMany(m => spaces[m.Value]))
                .Distinct(),
        ]));
    }

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

    [GeneratedRegex(@"\bTmeSim(?:\.[A-Z]\w*)+")]
    private static partial Regex QualifiedPattern();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)\.([A-Z]\w*)")]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum) (?:struct )?([A-Z]\w*)")]
    private static partial Regex TypePattern();

    // Folders of C# begin with a capital; a path, or the name of a file.
    [GeneratedRegex(@"`((?:[A-Z][\w.]*/)+[A-Z*][\w*]*(?:\.cs)?|[A-Z]\w*\.cs)`")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"ProjectReference Include="".*?TmeSim\.([\w.]+)\.csproj""")]
    private static partial Regex ReferencePattern();

    /// <summary>A file with the namespaces that it names.</summary>
    private sealed record Source(string File, string Namespace, IReadOnlyList<string> Used);
}
