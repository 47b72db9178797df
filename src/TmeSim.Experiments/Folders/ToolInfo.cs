using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TmeSim.Experiments.Folders;

/// <summary>Version of the tool and the machine it runs on.</summary>
public static class ToolInfo
{
    private static readonly string Informational =
        typeof(ToolInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>Version without commit.</summary>
    public static string Version => Informational.Split('+')[0];

    /// <summary>Commit of the build; null when unknown.</summary>
    public static string? Commit => Informational.Split('+') is [_, { Length: > 0 } commit] ? commit : null;

    /// <summary>Vectors that the runtime lets kernels use.</summary>
    public static CpuInfo Cpu()
    {
        string simd = Vector512.IsHardwareAccelerated ? "Vector512"
            : Vector256.IsHardwareAccelerated ? "Vector256"
            : Vector128.IsHardwareAccelerated ? "Vector128" : "none";
        (string Name, bool Is)[] sets = [("AVX-512F", Avx512F.IsSupported), ("AVX2", Avx2.IsSupported), ("AVX", Avx.IsSupported),
            ("SSE4.2", Sse42.IsSupported)];
        return new CpuInfo(simd, [.. sets.Where(s => s.Is).Select(s => s.Name)], Environment.ProcessorCount);
    }
}
