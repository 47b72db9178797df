using System.Security.Cryptography;
using System.Text;

namespace TmeSim.Experiments.Folders;

/// <summary>SHA-256 of texts, for names of folders and files.</summary>
internal static class TextHash
{
    /// <summary>The first hexadecimal digits, in lower case.</summary>
    /// <param name="text">Hashed as UTF-8.</param>
    /// <param name="digits">1 to 64.</param>
    public static string Hex(string text, int digits = 64) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..digits];
}
