using System.Runtime.InteropServices;
using System.Text;

namespace TmeSim.Scenarios.Files;

/// <summary>What stands at a path, before it is opened: opening a pipe without a writer never returns, and a device never ends.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or it cannot be looked at: opening it says why.</summary>
    Unknown,
    Regular,
    Folder,
    Pipe,
    Device,
    Socket,
}

/// <summary>Asks the system for the kind of a file; .NET itself calls a pipe and a device normal files.</summary>
internal static class FileKinds
{
    // Bits of st_mode, and where the runtime's own FileStatus { int Flags; int Mode; … } holds them on every Unix.
    private const int TypeMask = 0xF000;
    private const int ModeAt = sizeof(int);
    private const int StatusBytes = 256;

    /// <summary>The kind of what a path leads to, links followed.</summary>
    public static FileKind Of(string path)
    {
        if (Directory.Exists(path))
        {
            return FileKind.Folder;
        }

        // Windows has no such files below an ordinary path.
        if (OperatingSystem.IsWindows())
        {
            return File.Exists(path) ? FileKind.Regular : FileKind.Unknown;
        }

        byte[] status = new byte[StatusBytes];
        if (Stat([.. Encoding.UTF8.GetBytes(path), 0], status) != 0)
        {
            return FileKind.Unknown;
        }

        return (BitConverter.ToInt32(status, ModeAt) & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            0x2000 or 0x6000 => FileKind.Device,
            0xC000 => FileKind.Socket,
            _ => FileKind.Unknown,
        };
    }

    /// <summary>What it is, for messages.</summary>
    public static string Words(FileKind kind) => kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.Pipe => "a named pipe",
        FileKind.Device => "a device",
        FileKind.Socket => "a socket",
        _ => "something else",
    };

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, byte[] status);
}
