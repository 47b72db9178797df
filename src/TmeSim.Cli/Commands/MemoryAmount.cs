using System.CommandLine;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Commands;

/// <summary>The option that bounds the memory of a run.</summary>
internal static class MemoryAmount
{
    /// <summary>An option in bytes; null when it is not given.</summary>
    public static Option<long?> Option() => new("--memory")
    {
        Description = "Memory that the run may use, e.g. 10GB (default: nine tenths of the machine's or container's)",
        HelpName = "SIZE",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            long? bytes = ByteSize.Parse(text);
            if (bytes is null)
            {
                result.AddError($"--memory must be an amount with a unit (MB, GB, TB, MiB, GiB, TiB), for example 10GB, not '{text}'");
            }

            return bytes;
        },
    };
}
