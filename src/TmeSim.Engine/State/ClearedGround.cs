namespace TmeSim.Engine.State;

/// <summary>
/// Ground that a tumour has left: a free site or sinusoidal track without a living tumour cell in its Moore neighbourhood (MODEL.md 7.8a).
/// </summary>
internal static class ClearedGround
{
    public static bool Holds(LesionState lesion, int site)
    {
        if (lesion.ParenchymaCodes[site] != Parenchyma.Empty && !IsOpenTrack(lesion, site))
        {
            return false;
        }

        foreach (int offset in lesion.Shape.MooreOffsets)
        {
            if (lesion.ParenchymaCodes[site + offset] == Parenchyma.Tumor)
            {
                return false;
            }
        }

        return true;
    }

    // Septa are wider than the neighbourhood: their middle has no tumour cell beside it in a living tumour either.
    private static bool IsOpenTrack(LesionState lesion, int site) =>
        lesion.ParenchymaCodes[site] == Parenchyma.Stroma && lesion.StromaMap.IsTrack(site);
}
