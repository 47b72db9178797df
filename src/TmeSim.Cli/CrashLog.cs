namespace TmeSim.Cli;

/// <summary>Keeps the stack trace of an unexpected failure for a bug report.</summary>
internal static class CrashLog
{
    /// <summary>Writes the trace to a file of the temporary folder; returns where it is, in words.</summary>
    public static string Write(Exception exception)
    {
        string path = Path.Combine(Path.GetTempPath(), $"tmesim-error-{Environment.ProcessId}.log");
        try
        {
            File.WriteAllText(path, exception.ToString());
            return $"details in {path}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "details could not be written";
        }
    }
}
