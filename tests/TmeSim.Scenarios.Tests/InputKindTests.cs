using System.Diagnostics;
using System.Net.Sockets;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Files;

namespace TmeSim.Scenarios.Tests;

/// <summary>Inputs that are no regular files: none may wait for ever or be read without end.</summary>
public sealed class InputKindTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("tmesim-kind-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    private string At(string name) => Path.Combine(_folder, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private string Pipe(string name)
    {
        using Process make = Process.Start("mkfifo", [At(name)]);
        make.WaitForExit();
        return At(name);
    }

    // Reading that hangs fails the test instead of stopping it.
    private static async Task<Diagnostic> Single(string path) =>
        Assert.Single((await Task.Run(() => ScenarioReader.ReadFile(path)).WaitAsync(Patience)).Diagnostics);

    [Fact]
    public async Task PipeWithoutAWriter_AsScenario_IsRefused() => Assert.Contains("is a named pipe, not a file; a pipe is read as '-'", (await Single(Pipe("p.yaml"))).Message);

    [Fact]
    public async Task LinkToAPipe_AsScenario_IsRefused()
    {
        File.CreateSymbolicLink(At("link.yaml"), Pipe("p"));
        Assert.Contains("is a named pipe", (await Single(At("link.yaml"))).Message);
    }

    [Fact]
    public async Task PipeWithoutAWriter_AsBase_IsRefusedWhereItIsNamed()
    {
        Pipe("base.yaml");
        Diagnostic d = await Single(Write("over.yaml", "name: x\nbase: base.yaml\n"));
        Assert.Contains("is a named pipe", d.Message);
        Assert.Equal((2, 7), (d.Line, d.Column));
    }

    [Fact]
    public async Task PipeWithoutAWriter_AsData_IsRefusedWhereItIsNamed()
    {
        Pipe("data.csv");
        Diagnostic d = await Single(Write("over.yaml", Examples.Minimal + "data: [{file: data.csv, measure: nlr}]\n"));
        Assert.Contains("is a named pipe", d.Message);
        Assert.Equal((5, 15), (d.Line, d.Column));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/urandom")]
    [InlineData("/dev/null")]
    public async Task Device_AsScenario_IsRefused(string path) => Assert.Contains("is a device, not a file", (await Single(path)).Message);

    [Fact]
    public async Task Socket_AsScenario_IsRefused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At("s")));
        Assert.Contains("is a socket, not a file", (await Single(At("s"))).Message);
    }

    [Fact]
    public async Task PipeWithoutAWriter_AsAnyOtherFile_IsRefused()
    {
        string pipe = Pipe("p");
        await Assert.ThrowsAsync<IOException>(() => Task.Run(() => RegularFile.ReadAllText(pipe)).WaitAsync(Patience));
        await Assert.ThrowsAsync<IOException>(() => Task.Run(() => RegularFile.ReadLines(pipe).Count()).WaitAsync(Patience));
        Assert.Equal(["a", "b"], RegularFile.ReadLines(Write("t", "a\nb\n")));
        Assert.Throws<FileNotFoundException>(() => RegularFile.ReadAllText(At("none")));
    }

    [Theory]
    [InlineData("quick-strat.yaml", "quick-start.yaml")]
    [InlineData("quick-start", "quick-start.yaml")]
    [InlineData("Quick-Start.YAML", "quick-start.yaml")]
    [InlineData("quick-start.yml", "quick-start.yaml")]
    public async Task MistypedName_Read_GetsANearOne(string typed, string near)
    {
        Write("quick-start.yaml", Examples.Minimal);
        Write("other.yaml", Examples.Minimal);
        Assert.EndsWith($"not found; did you mean '{At(near)}'?", (await Single(At(typed))).Message);
    }

    [Fact]
    public async Task MistypedBase_Read_GetsANearOneAsItWouldBeWritten()
    {
        Directory.CreateDirectory(At("common"));
        Write("common/base.yaml", Examples.Minimal);
        Assert.EndsWith("did you mean 'common/base.yaml'?", (await Single(Write("over.yaml", "base: common/bse.yaml\n"))).Message);
    }

    [Fact]
    public async Task FarName_Read_GetsNone()
    {
        Write("quick-start.yaml", Examples.Minimal);
        Assert.EndsWith("not found", (await Single(At("unrelated-name.yaml"))).Message);
    }

    [Fact]
    public async Task Folder_AsScenario_NamesTheScenariosInIt()
    {
        Write("a.yaml", Examples.Minimal);
        Assert.EndsWith($"is a folder, not a file; in it: {At("a.yaml")}", (await Single(_folder)).Message);
    }
}
