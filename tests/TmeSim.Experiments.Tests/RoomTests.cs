using System.Text.RegularExpressions;

namespace TmeSim.Experiments.Tests;

/// <summary>The rooms of the experiments refer one way, as their source says: none uses a room that stands above it.</summary>
public sealed partial class RoomTests
{
    /// <summary>By room, the rooms that it may use.</summary>
    public static TheoryData<string, string> Rooms => new()
    {
        { "Measures", "" },
        { "Folders", "Measures" },
        { "Running", "Measures Folders" },
        { "Journal", "Measures Folders Running" },
        { "Results", "Measures Folders Running Journal" },
        { "Designs", "Measures Folders Running Journal Results" },
        { "Bench", "Measures Folders Running" },
        { "Drawing", "Measures Folders Running Journal Results Designs Exports Reporting" },
        { "Exports", "Measures Folders Running Journal Results Designs Drawing Reporting" },
        { "Reporting", "Measures Folders Running Journal Results Designs Drawing Exports" },
        { "Work", "Measures Folders Running Journal Results Designs Drawing Exports Reporting" },
        { "Cluster", "Measures Folders Running Journal Results Designs Work" },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_UsesOnlyTheRoomsBelowIt(string room, string below)
    {
        string[] allowed = below.Split(' ');
        string[] files = Directory.GetFiles(Path.Combine(Source(), room), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            IEnumerable<string> used = Reference().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Where(r => r != room);
            Assert.All(used, r => Assert.True(allowed.Contains(r), $"{Path.GetRelativePath(Source(), file)} uses {r}"));
        }
    }

    [Fact]
    public void EveryRoom_HasItsPlace() => Assert.Equal(
        Rooms.Select(r => r.Data.Item1).Order(StringComparer.Ordinal),
        Directory.GetDirectories(Source()).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj")).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"TmeSim\.Experiments\.([A-Z]\w*)")]
    private static partial Regex Reference();

    private static string Source()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "TmeSim.sln")))
        {
            root = root.Parent;
        }

        return Path.Combine(root!.FullName, "src", "TmeSim.Experiments");
    }
}
