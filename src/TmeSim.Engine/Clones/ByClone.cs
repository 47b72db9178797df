namespace TmeSim.Engine.Clones;

/// <summary>Looks up what depends on the clone at neighbouring sites, most of which hold the founder.</summary>
internal static unsafe class ByClone
{
    /// <summary>All of some sites hold the founder, or no tumour cell since.</summary>
    public static bool IsFounder(ushort* clones, int sites) => !new ReadOnlySpan<ushort>(clones, sites).ContainsAnyExcept((ushort)0);

    /// <summary>to[x] = byClone[clones[x]].</summary>
    public static void Copy(float[] byClone, ushort* clones, float* to, int sites)
    {
        if (IsFounder(clones, sites))
        {
            new Span<float>(to, sites).Fill(byClone[0]);
            return;
        }

        for (int x = 0; x < sites; x++)
        {
            to[x] = byClone[clones[x]];
        }
    }
}
