namespace TmeSim.Cli.Tests;

/// <summary>Runs a command line inside the test process.</summary>
internal static class CliRun
{
    /// <summary>A scenario that runs in well under a second.</summary>
    public const string Tiny = """
        schema: tmesim/1
        name: Tiny
        seed: 3
        replicates: 1
        time: {burn_in: 1 d, duration: 2 d, record_every: 1 d}
        tissue: {size: [0.6 mm, 0.6 mm]}
        lesions:
          - name: primary
            diameter: 30 mm
            tumor: {radius: 0.14 mm, doubling_time: 60 d}
            immune: {pattern: inflamed, cd8: 120 /mm2, macrophages: 200 /mm2, cd163_fraction: 0.4}
            vessels: {density: 60 /mm2, maturity: 0.4}
        arms:
          - name: Control
          - name: Anti-PD-L1
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]
        """;

    public static (int Code, string Out, string Error) Invoke(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.Run(args, new CliConsole(output, error, IsTerminal: false), TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}

/// <summary>A folder with the tiny scenario in it, gone after the test.</summary>
public abstract class InFolder : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("tmesim-cli-").FullName;

    protected string Scenario => Write("tiny.yaml", CliRun.Tiny);

    protected string Runs => Path.Combine(Folder, "runs");

    protected string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
