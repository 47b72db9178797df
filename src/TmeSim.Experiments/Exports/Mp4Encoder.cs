using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Writers;

namespace TmeSim.Experiments.Exports;

/// <summary>
/// Frames piped into <c>ffmpeg</c> as raw pixels, encoded as H.264 in MP4. The file appears whole or not at all. A failure of ffmpeg is
/// told at the end, so that other writers of the same frames are not disturbed; a cancellation ends the process.
/// </summary>
internal sealed class Mp4Encoder : IDisposable
{
    private const int LinesKept = 6;
    private readonly string _path;
    private readonly string _temporary;
    private readonly byte[] _colors;
    private readonly Process _process;
    private readonly Queue<string> _said = [];
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _kill;
    private byte[] _frame = [];
    private bool _broken;
    private bool _ended;

    private Mp4Encoder(Process process, string path, string temporary, IReadOnlyList<Rgb> palette, CancellationToken cancellation)
    {
        (_process, _path, _temporary, _cancellation) = (process, path, temporary, cancellation);
        _colors = [.. palette.SelectMany(c => new[] { c.R, c.G, c.B })];
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _kill = cancellation.Register(Kill);
    }

    /// <summary>The program on a search path, first match; null when no folder has it.</summary>
    /// <param name="searchPath">Folders, separated as in the variable PATH.</param>
    public static string? Find(string? searchPath) => (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg")).FirstOrDefault(CanRun);

    /// <summary>Starts the encoder.</summary>
    /// <param name="program">Path of ffmpeg.</param>
    /// <param name="path">The file to make, in a folder that exists.</param>
    /// <param name="frames">Size and colours of the frames to come.</param>
    /// <param name="delay">How long a frame stays.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <exception cref="RunFolderException">The program cannot be started.</exception>
    public static Mp4Encoder Start(string program, string path, (int Width, int Height, IReadOnlyList<Rgb> Palette) frames,
        FrameDelay delay, CancellationToken cancellation)
    {
        string temporary = path + ".tmp";
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardError = true,
            RedirectStandardOutput = true, UseShellExecute = false, CreateNoWindow = true };
        foreach (string argument in (string[])
        [
            "-hide_banner", "-loglevel", "error", "-y",
            "-f", "rawvideo", "-pixel_format", "rgb24",
            "-video_size", string.Create(CultureInfo.InvariantCulture, $"{frames.Width}x{frames.Height}"),
            "-framerate", string.Create(CultureInfo.InvariantCulture, $"{delay.Denominator}/{delay.Numerator}"),
            "-i", "pipe:0",

            // The matrix of high definition is written into the file as well: players guess another one for small pictures.
            "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709",
                "-color_trc", "bt709",
            "-c:v", "libx264", "-crf", "18", "-pix_fmt", "yuv420p",
            "-movflags", "+faststart", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1",
            "-f", "mp4", temporary,
        ])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new Mp4Encoder(Process.Start(start)!, path, temporary, frames.Palette, cancellation);
        }
        catch (Win32Exception e)
        {
            throw new RunFolderException($"cannot start {program}: {e.Message}", e);
        }
    }

    /// <summary>Hands on a frame, an index into the palette per pixel.</summary>
    public void Add(ReadOnlySpan<byte> pixels)
    {
        if (_broken)
        {
            return;
        }

        Array.Resize(ref _frame, pixels.Length * 3);
        for (int i = 0; i < pixels.Length; i++)
        {
            _colors.AsSpan(pixels[i] * 3, 3).CopyTo(_frame.AsSpan(i * 3));
        }

        try
        {
            _process.StandardInput.BaseStream.Write(_frame);
        }
        catch (IOException)
        {
            _broken = true;
        }
    }

    /// <summary>Waits for the file.</summary>
    /// <exception cref="RunFolderException">ffmpeg failed or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Finish()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            _broken = true;
        }

        _process.WaitForExit();
        _ended = true;
        _cancellation.ThrowIfCancellationRequested();
        if (_broken || _process.ExitCode != 0 || !File.Exists(_temporary))
        {
            string[] said = Said();
            throw new RunFolderException(
                $"ffmpeg made no {_path} (exit code {_process.ExitCode}): "
                + $"{(said.Length == 0 ? "it gave no reason" : string.Join(" | ", said))}");
        }

        try
        {
            File.Move(_temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot write {_path}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        if (!_ended)
        {
            Kill();
            _process.WaitForExit();
        }

        _kill.Dispose();
        _process.Dispose();
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here is the one to report.
        }
    }

    private static bool CanRun(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    private void Keep(string? line)
    {
        lock (_said)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                _said.Enqueue(line.Trim());
            }

            if (_said.Count > LinesKept)
            {
                _said.Dequeue();
            }
        }
    }

    private string[] Said()
    {
        lock (_said)
        {
            return [.. _said];
        }
    }
}
