using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>Keeps the immune overlay and the stores in step: cells come and go here, and move in <see cref="Moves"/>.</summary>
internal static class Occupancy
{
    /// <summary>True when an immune cell can stand on the site: inside the tissue and no immune cell there.</summary>
    internal static bool IsFree(LesionState lesion, int site) =>
        lesion.ParenchymaCodes[site] != Parenchyma.Wall && lesion.Immune[site] == 0;

    internal static void AddCd8(
        LesionState lesion, ulong id, int site, float exhaustion, byte divisions, byte reactive, byte state = Cd8State.Effector) =>
        Place(lesion, ImmuneKinds.Cd8, lesion.Cd8.Add(id, site, exhaustion, divisions, reactive, state), site);

    internal static void AddMacrophage(LesionState lesion, ulong id, int site, float score, float polarisability) =>
        Place(lesion, ImmuneKinds.Macrophages, lesion.Macrophages.Add(id, site, score, polarisability), site);

    /// <summary>Marks the site of a cell.</summary>
    internal static void Place(LesionState lesion, int kind, int index, int site) => lesion.Immune[site] = ImmuneCode.Of(kind, index);

    /// <summary>Removes a cell of a kind.</summary>
    internal static void Remove(LesionState lesion, int kind, int index)
    {
        ImmuneStore store = lesion.Stores[kind];
        lesion.Immune[store.Site[index]] = 0;
        if (store.RemoveAt(index))
        {
            Place(lesion, kind, index, store.Site[index]);
        }
    }

    /// <summary>
    /// The free site for a newcomer among the origin and its Moore neighbours with the lowest hash of (lineage, site);
    /// −1 when all are taken.
    /// </summary>
    internal static int FreeSiteNear(LesionState lesion, LatticeShape shape, int origin, ulong id)
    {
        int best = -1;
        ulong bestRank = ulong.MaxValue;
        Consider(origin);
        foreach (int offset in shape.MooreOffsets)
        {
            Consider(origin + offset);
        }

        return best;

        void Consider(int site)
        {
            if (!IsFree(lesion, site))
            {
                return;
            }

            ulong rank = Numerics.Mix.Hash(id, (ulong)site);
            if (rank < bestRank || (rank == bestRank && site < best))
            {
                (best, bestRank) = (site, rank);
            }
        }
    }
}
