using TmeSim.Engine.Fields;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Observers;

/// <summary>Counts the lattice and compares with the books: a broken rule stops the run instead of spoiling its numbers.</summary>
internal static class Recount
{
    /// <summary>Codes that are counted by one kind after the other while they are in the cache.</summary>
    private const int AtOnce = 8192;

    /// <exception cref="SimulationException">A count differs from its booking; names the cell type and the step.</exception>
    internal static void Check(LesionState lesion, string name, long step)
    {
        (long tumor, long hepatocytes, long dying, long necrotic) = (0, 0, 0, 0);
        for (ReadOnlySpan<byte> left = lesion.ParenchymaCodes.Span, some; !left.IsEmpty; left = left[some.Length..])
        {
            some = left[..Math.Min(AtOnce, left.Length)];
            tumor += some.Count(Parenchyma.Tumor);
            hepatocytes += some.Count(Parenchyma.Hepatocyte);
            dying += some.Count(Parenchyma.Dying);
            necrotic += some.Count(Parenchyma.Necrotic);
        }

        Compare(tumor, lesion.TumorCells, "tumour cells");
        Compare(hepatocytes, lesion.Hepatocytes, "hepatocytes");
        Compare(dying, lesion.DyingCells, "dying cells");
        Compare(necrotic, lesion.NecroticCells, "necrotic sites");
        Compare(lesion.Clones.CellsWith(Plan.Genotype.None), lesion.TumorCells, "cells of clones");
        Ledger books = lesion.Ledger;
        for (int k = 0; k < lesion.Kinds.Count; k++)
        {
            Compare(lesion.Stores[k].Count, books.Booked(lesion.Kinds[k], k), lesion.Kinds[k].Classes[0].Label);
        }

        if (lesion.Radiation is RadiationTraits radiation)
        {
            Compare(radiation.Damage.Length - radiation.Damage.Span.Count((byte)0), radiation.DoomedCells, "doomed tumour cells");
        }

        Compare(lesion.Vessels.Count, books[Booking.VesselsSprouted] - books[Booking.VesselsLost], "vessels");

        void Compare(long counted, long booked, string what)
        {
            if (counted != booked)
            {
                throw new SimulationException($"lesion {name}, step {step}: the lattice holds {counted} {what}, the books say {booked}");
            }
        }
    }

    /// <exception cref="SimulationException">A field holds a value that is not a number, or had to be cut off below zero by too
    /// much.</exception>
    internal static void CheckFields(LesionState lesion, FieldProcess fields, string name, long step)
    {
        for (int i = 0; i < lesion.FieldRows.Count; i++)
        {
            FieldInfo info = lesion.FieldRows[i];
            if (!float.IsFinite(fields.Reports[(int)info.Id].Residual))
            {
                throw NotFinite(lesion, info, name, step);
            }

            NegativeClip clip = fields.Clips[(int)info.Id];
            if (clip.Share > NegativeClip.LargestShare)
            {
                throw new SimulationException(
                    $"lesion {name}, step {step}: the field {info.Key} is negative near site {Near(lesion.Field(info.Id), clip.Site)}: "
                    + $"{clip.Share:P2} of its mass had to be cut off, more than {NegativeClip.LargestShare:P1}");
            }
        }
    }

    // Sources carry it on: the field that it came from holds it too, and stands before those that read it.
    private static SimulationException NotFinite(LesionState lesion, FieldInfo info, string name, long step)
    {
        (FieldInfo field, string? site) = lesion.FieldRows.Select(f => (f, FirstBad(lesion, f.Id))).FirstOrDefault(f => f.Item2 is not null, (info, null));
        return new SimulationException(
            $"lesion {name}, step {step}: the field {field.Key} is not finite at site {site ?? "(none: the residual overflowed)"}");
    }

    // Coordinates in the tissue of a site of the field's own lattice.
    private static (int X, int Y, int Z) Near(TissueField field, int site)
    {
        (int x, int y, int z) = field.Lattice.Coordinates(site);
        int sites = field.IsCoarse ? 2 : 1;
        return (sites * x, sites * y, sites * z);
    }

    private static string? FirstBad(LesionState lesion, FieldId id)
    {
        for (int row = 0; row < lesion.Shape.Rows; row++)
        {
            for (int x = 0; x < lesion.Shape.Nx; x++)
            {
                int site = lesion.Shape.RowStart(row) + x;
                if (!float.IsFinite(lesion.Field(id)[site]))
                {
                    (int sx, int sy, int sz) = lesion.Shape.Coordinates(site);
                    return $"({sx}, {sy}, {sz})";
                }
            }
        }

        return null;
    }
}
