using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>Ends of parenchymal cells: changes the site and books the cause.</summary>
internal static class TumorCellEnds
{
    /// <summary>A tumour cell starts to die of the booked cause; its site holds a dying cell until clearance.</summary>
    internal static void Kill(LesionState lesion, int site, Booking cause)
    {
        ClearTraits(lesion, site);
        lesion.ParenchymaCodes[site] = Parenchyma.Dying;
        lesion.TumorCells--;
        lesion.DyingCells++;
        lesion.Ledger.Add(cause);
    }

    /// <summary>A tumour cell is eaten: its site is free at once.</summary>
    internal static void Phagocytose(LesionState lesion, int site)
    {
        ClearTraits(lesion, site);
        lesion.ParenchymaCodes[site] = Parenchyma.Empty;
        lesion.TumorCells--;
        lesion.Radiation?.Clear(site);
        lesion.Ledger.Add(Booking.TumorDeathsPhagocytosis);
    }

    /// <summary>A tumour cell or hepatocyte dies of hypoxia and leaves necrotic debris.</summary>
    internal static void Necrose(LesionState lesion, int site)
    {
        if (lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
        {
            ClearTraits(lesion, site);
            lesion.TumorCells--;
            lesion.Ledger.Add(Booking.TumorDeathsNecrosis);
        }
        else
        {
            lesion.Hepatocytes--;
            lesion.Ledger.Add(Booking.HepatocyteDeathsNecrosis);
        }

        lesion.ParenchymaCodes[site] = Parenchyma.Necrotic;
        lesion.NecroticCells++;
    }

    // The dead cell's antigen drains to the lymph node, whatever it died of.
    private static void ClearTraits(LesionState lesion, int site)
    {
        lesion.AntigenReleased += lesion.Clones.Antigenicity(lesion.CloneIndex[site]);
        lesion.Clones.Add(lesion.CloneIndex[site], -1);
        lesion.CloneIndex[site] = 0;
        lesion.Mhc1[site] = 0;
        lesion.Pdl1[site] = 0;
        lesion.Radiation?.Die(site);
    }
}
