using System.Globalization;
using TmeSim.Engine.Cells;
using TmeSim.Engine.Fields;

namespace TmeSim.Experiments;

/// <summary>
/// The cells of a snapshot as rows for other tools: place, type, state, marks. Hepatocytes and free sites are left out. A vessel without any perfusion is not in a snapshot.
/// </summary>
internal static class PointRows
{
    public static string Header => "arm,replicate,lesion,time_d,x_um,y_um,z_um,type,state,clone,perfusion," + string.Join(',', FieldTable.All.Select(f => f.Key));

    /// <summary>Rows in site order, at a site parenchyma, immune cell, vessel.</summary>
    /// <param name="snapshot">Tissue.</param>
    /// <param name="keys">First fields of each row: arm to time.</param>
    public static IEnumerable<string> Of(TissueSnapshot snapshot, string keys)
    {
        for (int site = 0; site < snapshot.Parenchyma.Length; site++)
        {
            string? place = null;
            foreach ((string type, string state, string clone, string perfusion) in Cells(snapshot, site))
            {
                place ??= Place(snapshot, site);
                yield return $"{keys},{place},{type},{state},{clone},{perfusion},{string.Join(',', snapshot.Fields.Select(f => Csv.Number(f[site])))}";
            }
        }
    }

    private static IEnumerable<(string Type, string State, string Clone, string Perfusion)> Cells(TissueSnapshot s, int site)
    {
        string clone = s.CloneIndex[site].ToString(CultureInfo.InvariantCulture);
        switch (s.Parenchyma[site])
        {
            case Parenchyma.Tumor:
                yield return ("tumor", "living", clone, "");
                break;
            case Parenchyma.Dying:
                yield return ("tumor", "dying", "", "");
                break;
            case Parenchyma.Necrotic:
                yield return ("tumor", "necrotic", "", "");
                break;
        }

        switch (s.Immune[site])
        {
            case 1 or 2:
                yield return ("cd8", s.Immune[site] == 2 ? "exhausted" : "active", "", "");
                break;
            case 3 or 4:
                yield return ("macrophage", s.Immune[site] == 4 ? "cd163_high" : "cd163_low", "", "");
                break;
        }

        if (s.VesselPerfusion[site] > 0)
        {
            yield return ("vessel", s.VesselPerfusion[site] > MeasureReader.PerfusedAbove ? "perfused" : "poorly_perfused", "", Csv.Number(s.VesselPerfusion[site]));
        }
    }

    private static string Place(TissueSnapshot s, int site)
    {
        double h = s.SpacingUm;
        return $"{Csv.Number((site % s.Nx + 0.5) * h)},{Csv.Number((site / s.Nx % s.Ny + 0.5) * h)},{Csv.Number((site / s.Nx / s.Ny + 0.5) * h)}";
    }
}
