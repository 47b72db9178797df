using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// Where a tumour with septa or tracks grows into liver, no tumour cell settles on the sites of these (MODEL.md 7.12a). Hepatocytes that
/// stand there are lost when a tumour cell comes to stand beside them: the track has opened.
/// </summary>
internal static class TrackOpening
{
    /// <summary>A tumour cell has come to stand at a site.</summary>
    public static void Around(LesionState lesion, int site)
    {
        foreach (int offset in lesion.Shape.MooreOffsets)
        {
            int beside = site + offset;
            if (lesion.ParenchymaCodes[beside] == Parenchyma.Hepatocyte && lesion.StromaMap.IsClosed(beside))
            {
                lesion.ParenchymaCodes[beside] = Parenchyma.Stroma;
                lesion.Hepatocytes--;
                lesion.Ledger.Add(Booking.HepatocytesDisplaced);
            }
        }
    }
}
