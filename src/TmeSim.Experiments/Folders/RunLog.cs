using System.Globalization;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>log.txt of a run folder: one line per thing that happened, with the time of day. Failing to log never fails a run.</summary>
public sealed class RunLog
{
    private readonly string _path;
    private readonly Lock _gate = new();

    /// <param name="path">File to append to.</param>
    public RunLog(string path) => _path = path;

    /// <summary>Appends a line.</summary>
    public void Add(string message)
    {
        try
        {
            lock (_gate)
            {
                RegularFile.Check(_path);
                File.AppendAllText(_path, $"{DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)} {message}\n");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The result files report their own errors.
        }
    }
}
