using System.Security.Cryptography;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>What a file holds, in short.</summary>
/// <param name="Size">Length [bytes].</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
public readonly record struct FileSum(long Size, string Sha256)
{
    /// <summary>Of a file on disk, read in pieces.</summary>
    /// <exception cref="IOException">It cannot be read, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileSum Of(string path)
    {
        using FileStream stream = RegularFile.OpenRead(path);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[1 << 17];
        long size = 0;
        for (int read = stream.Read(piece); read > 0; read = stream.Read(piece))
        {
            sum.AppendData(piece, 0, read);
            size += read;
        }

        return new FileSum(size, Convert.ToHexStringLower(sum.GetHashAndReset()));
    }

    /// <summary>Of bytes in memory.</summary>
    public static FileSum Of(ReadOnlySpan<byte> bytes) => new(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
}

/// <summary>
/// Passes on what is written to it and sums it on the way: what was meant to be written is known without reading it again.
/// </summary>
internal sealed class SummingStream(Stream inner) : WriteOnlyStream
{
    private readonly IncrementalHash _sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _size;

    /// <summary>The sum of all that was written; to be asked for once.</summary>
    public FileSum Sum() => new(_size, Convert.ToHexStringLower(_sum.GetHashAndReset()));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        _sum.AppendData(buffer);
        _size += buffer.Length;
    }

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        _sum.Dispose();
        base.Dispose(disposing);
    }
}
