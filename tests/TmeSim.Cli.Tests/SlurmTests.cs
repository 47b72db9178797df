using System.Diagnostics;

namespace TmeSim.Cli.Tests;

/// <summary>A real Slurm of one node on the loopback address runs a sweep as a job array.</summary>
/// <remarks>Skipped where Debian's slurm-wlm and munge are missing or the user is not root; <c>TMESIM_REQUIRE_SLURM=1</c> makes that a failure.</remarks>
public sealed class SlurmTests : InFolder
{
    private const string Forty = """

        sweep:
          vary:
            patient.nlr: {from: 1, to: 8, levels: 20}
            "lesions[primary].immune.cd8": [60 /mm2, 120 /mm2]
          outputs: [tumor_cells@end]
        """;

    private const int Killed = 3;

    private string Cluster => Path.Combine(Folder, "slurm");

    [Fact]
    public async Task JobArray_OfFortyTasksWithOneKilled_GivesTheTableOfALocalSweep()
    {
        await Require();
        string file = Write("sweep.yaml", CliRun.Tiny.Replace("  - name: Anti-PD-L1\n    therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]", "", StringComparison.Ordinal) + Forty);
        string script = Path.Combine(AppContext.BaseDirectory, "Slurm", "cluster.sh");
        (int started, string conf, string problem) = await Run("/bin/sh", [script, "start", Cluster]);
        try
        {
            Assert.True(started == 0, problem);
            var environment = new Dictionary<string, string> { ["SLURM_CONF"] = conf.Trim() };
            using Process sweep = Tool.Start(["sweep", file, "--out", Runs, "--executor", "slurm", "--partition", "debug", "--mem", "400M", "--time", "10:00", "--no-figures"], environment);
            Task<(int Code, string Out, string Error)> ended = Tool.Ended(sweep);
            await KillOne(ended);

            (int code, string output, string error) = await ended;
            (int local, _, _) = await Tool.Run(["sweep", file, "--out", Path.Combine(Folder, "local"), "--no-figures", "--quiet"]);

            Assert.True(code == 0, output + error);
            Assert.Equal(0, local);
            Assert.Contains("40 of 40 tasks submitted", error, StringComparison.Ordinal);
            Assert.Contains("1 of 40 tasks submitted again", error, StringComparison.Ordinal);
            Assert.Contains("40 of 40 simulations finished", output, StringComparison.Ordinal);
            string folder = Directory.GetDirectories(Runs).Single();
            Assert.Single(Directory.GetFiles(Path.Combine(folder, "slurm"), $"*_{Killed}.log"), f => File.ReadAllText(f).Contains("1 of 1 simulations finished", StringComparison.Ordinal));
            Assert.Equal(2, Directory.GetFiles(Path.Combine(folder, "slurm"), $"*_{Killed}.log").Length);
            Assert.Equal(40, Directory.GetFiles(Path.Combine(folder, "journals"), "*.log").Length);
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(Directory.GetDirectories(Path.Combine(Folder, "local")).Single(), "sweep.csv")),
                File.ReadAllBytes(Path.Combine(folder, "sweep.csv")));
        }
        finally
        {
            await Run("/bin/sh", [script, "stop", Cluster]);
        }
    }

    [Fact]
    public async Task Trial_AsAJobArray_GivesTheTablesOfALocalOne()
    {
        await Require();
        string file = Write("trial.yaml", """
            schema: tmesim/1
            preset: lasting
            name: Small trial
            time: {burn_in: 2 d, duration: 14 d, record_every: 7 d}
            tissue: {size: [0.6 mm, 0.6 mm]}
            lesions: [{name: primary, tumor: {radius: 0.1 mm}, immune: {pattern: inflamed}}]
            arms: [{name: A+B, therapy: [{regimen: atezolizumab-bevacizumab}]}, {name: Control}]
            cohort:
              patients: 6
              traits: {patient.nlr: {distribution: lognormal, median: 2.7, sd_log: 0.5}}
              strata: [{name: inflamed, share: 1}, {name: excluded, share: 1, traits: {"lesions[*].immune.pattern": excluded, reference.name: hcc-excluded}}]
            trial: {imaging: {every: 7 d}}
            """);
        string script = Path.Combine(AppContext.BaseDirectory, "Slurm", "cluster.sh");
        (int started, string conf, string problem) = await Run("/bin/sh", [script, "start", Cluster]);
        try
        {
            Assert.True(started == 0, problem);
            var environment = new Dictionary<string, string> { ["SLURM_CONF"] = conf.Trim() };
            using Process trial = Tool.Start(
                ["trial", file, "--out", Runs, "--executor", "slurm", "--partition", "debug", "--mem", "400M", "--array-size", "3", "--no-figures"], environment);
            (int code, string output, string error) = await Tool.Ended(trial);
            (int local, _, _) = await Tool.Run(["trial", file, "--out", Path.Combine(Folder, "local"), "--no-figures", "--quiet"]);
            Assert.True(code == 0, output + error);
            Assert.Equal(0, local);
            string folder = Directory.GetDirectories(Runs).Single(), other = Directory.GetDirectories(Path.Combine(Folder, "local")).Single();
            Assert.Equal(3, Directory.GetFiles(Path.Combine(folder, "journals"), "*.log").Length);
            Assert.All(
                (string[])["patients.csv", "visits.csv", "endpoints.csv", "contrasts.csv", "tree.json"],
                name => Assert.Equal(File.ReadAllBytes(Path.Combine(other, name)), File.ReadAllBytes(Path.Combine(folder, name))));
        }
        finally
        {
            await Run("/bin/sh", [script, "stop", Cluster]);
        }
    }

    // The third task is killed as soon as it is there, long before it can finish.
    private async Task KillOne(Task ended)
    {
        while (!ended.IsCompleted)
        {
            if ((await Run("pkill", ["-KILL", "-f", $"{Runs}/.*--shard {Killed}/40"])).Code == 0)
            {
                return;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Fail("the task was not seen running");
    }

    private static async Task Require()
    {
        string[] missing = [.. ((string[])["sbatch", "slurmctld", "slurmd", "munged"]).Where(p => !((string[])[.. Environment.GetEnvironmentVariable("PATH")!.Split(':'), "/usr/sbin"]).Any(d => File.Exists(Path.Combine(d, p))))];
        string? why = missing.Length > 0 ? $"install slurm-wlm and munge: no {string.Join(", ", missing)}"
            : (await Run("id", ["-u"])).Out.Trim() != "0" ? "a cluster of its own needs root" : null;
        if (why is not null && Environment.GetEnvironmentVariable("TMESIM_REQUIRE_SLURM") == "1")
        {
            Assert.Fail(why);
        }

        Assert.SkipWhen(why is not null, why ?? "");
    }

    private static async Task<(int Code, string Out, string Error)> Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using Process process = Tool.Start(program, arguments, environment);
        return await Tool.Ended(process);
    }
}
