using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Cluster;

/// <summary>Calls sbatch, squeue and scontrol.</summary>
internal static class SlurmClient
{
    /// <summary>Number of the job that was submitted.</summary>
    /// <exception cref="RunFolderException">There is no Slurm here, or it refuses the job; what it says is in the message.</exception>
    public static long Submit(IReadOnlyList<string> arguments)
    {
        (int code, string output, string error) = Call("sbatch", ["--parsable", .. arguments]);
        return code == 0 && long.TryParse(output.Trim().Split(';')[0], CultureInfo.InvariantCulture, out long id) ? id
            : throw new RunFolderException($"Slurm did not take the job: {Shown(error, output)}");
    }

    /// <summary>Some task of the job waits or runs.</summary>
    /// <exception cref="RunFolderException">Slurm does not answer.</exception>
    public static bool IsActive(long job)
    {
        // A job that is over is unknown after a while, which squeue calls an error.
        (int code, string output, string error) =
            Call("squeue", ["--noheader", "--jobs", job.ToString(CultureInfo.InvariantCulture), "--format", "%T"]);
        return code == 0 ? output.Trim().Length > 0
            : error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase) ? false
            : throw new RunFolderException(
                $"Slurm does not answer: {Shown(error, output)}; the job {job} goes on, run the same command to wait for it");
    }

    /// <summary>Largest index of a job array plus one; null when Slurm does not say.</summary>
    public static int? MaxArraySize()
    {
        (int code, string output, _) = Call("scontrol", ["show", "config"]);
        string? line = code != 0 ? null : output.Split('\n').FirstOrDefault(l => l.StartsWith("MaxArraySize", StringComparison.Ordinal));
        return line is not null && int.TryParse(line[(line.IndexOf('=') + 1)..].Trim(), CultureInfo.InvariantCulture, out int size)
            ? size : null;
    }

    private static string Shown(string error, string output) => (error.Trim().Length > 0 ? error : output).Trim().ReplaceLineEndings("; ");

    private static (int Code, string Output, string Error) Call(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            throw new RunFolderException(
                $"there is no Slurm here: '{program}' cannot be started ({e.Message.TrimEnd('.')}); run on a login node of the cluster, "
                + "use --executor local, or spread the sweep with --shard i/n", e);
        }
    }
}
