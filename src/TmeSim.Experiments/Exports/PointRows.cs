using System.Globalization;
using TmeSim.Analysis.Spatial;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Exports;

/// <summary>
/// The cells of a snapshot as rows for other tools: place, type, state, traits, and the fields there. Hepatocytes and free sites are left
/// out. Traits that the snapshot does not hold, or that a cell of the type does not have, are empty.
/// </summary>
internal sealed class PointRows
{
    private static readonly string[] Traits = ["clone", "mhc1", "pdl1_per_um2", "exhaustion", "engaged", "tumor_reactive",
        "differentiation", "cd163_score", "perfusion", "lumen_density", "maturity"];
    private readonly TissueSnapshot _snapshot;
    private readonly string _keys;
    private readonly bool _states;
    private readonly Dictionary<int, int> _cd8;
    private readonly Dictionary<int, int> _macrophages;
    private readonly Dictionary<int, int> _vessels;

    private PointRows(TissueSnapshot snapshot, string keys)
    {
        (_snapshot, _keys, _states) = (snapshot, keys, snapshot.HasCd8States);
        _cd8 = Rows(snapshot.Detail?.Cd8.Site);
        _macrophages = Rows(snapshot.Detail?.Macrophages.Site);
        _vessels = Rows(snapshot.Detail?.Vessels.Site);
    }

    /// <summary>Names of the columns, for snapshots with these fields.</summary>
    public static string Header(IEnumerable<FieldInfo> fields) =>
        $"arm,replicate,lesion,time_d,cell_id,x_um,y_um,z_um,type,state,{string.Join(',', Traits)},"
            + $"{string.Join(',', fields.Select(f => f.Key))},stroma";

    /// <summary>Rows in site order, at a site parenchyma, immune cell, vessel.</summary>
    /// <param name="snapshot">Tissue.</param>
    /// <param name="keys">First columns of each row: arm to time.</param>
    public static IEnumerable<string> Of(TissueSnapshot snapshot, string keys)
    {
        var rows = new PointRows(snapshot, keys);
        return Enumerable.Range(0, snapshot.Parenchyma.Length).SelectMany(rows.At);
    }

    private static Dictionary<int, int> Rows(int[]? sites) => (sites ?? []).Index().ToDictionary(p => p.Item, p => p.Index);

    private List<string> At(int site)
    {
        var rows = new List<string>(2);
        switch (_snapshot.Parenchyma[site])
        {
            case Parenchyma.Tumor:
                rows.Add(Row(site, $"t{site}", "tumor", "living",
                    [Whole(_snapshot.CloneIndex[site]), Csv.Measured(_snapshot.Detail?.Mhc1[site] ?? double.NaN),
                    Csv.Measured(_snapshot.Detail?.Pdl1[site] ?? double.NaN), "", "", "", "", "", "", "", ""]));
                break;
            case Parenchyma.Dying:
                rows.Add(Row(site, $"t{site}", "tumor", "dying", Nothing));
                break;
            case Parenchyma.Necrotic:
                rows.Add(Row(site, $"t{site}", "tumor", "necrotic", Nothing));
                break;
        }

        if (_snapshot.Immune[site] is > 0 and byte code)
        {
            rows.Add(Immune(site, _snapshot.Codes[code - 1]));
        }

        if (!float.IsNaN(_snapshot.VesselPerfusion[site]))
        {
            rows.Add(Vessel(site));
        }

        return rows;
    }

    private static string[] Nothing => [.. Traits.Select(_ => "")];

    private string Immune(int site, CellCode cell)
    {
        // Kinds of the engine by their first letter, further ones by their key: two of them may begin alike.
        string first = ImmuneKinds.All.Any(k => k.Key == cell.Kind) ? cell.Kind[..1] : $"{cell.Kind}-";
        if (_snapshot.Detail is not { } detail)
        {
            return Row(site, $"{first}{site}", cell.Kind, cell.State, Nothing);
        }

        if (_macrophages.TryGetValue(site, out int m))
        {
            return Row(site, $"{first}{detail.Macrophages.Id[m]:x16}", cell.Kind, cell.State,
                ["", "", "", "", "", "", "", Csv.Measured(detail.Macrophages.Cd163[m]), "", "", ""]);
        }

        if (!_cd8.TryGetValue(site, out int i))
        {
            return Row(site, $"{first}{site}", cell.Kind, cell.State, Nothing);
        }

        Cd8List list = detail.Cd8;
        bool reactive = list.Reactive[i] != 0;
        string differentiation = reactive && _states ? Cd8StateCodes.Name(list.State[i]) : "";
        return Row(site, $"{first}{list.Id[i]:x16}", cell.Kind, cell.State,
            ["", "", "", Csv.Measured(list.Exhaustion[i]), Whole(list.Engaged[i]), reactive ? "1" : "0", differentiation, "", "", "", ""]);
    }

    private string Vessel(int site)
    {
        float perfusion = _snapshot.VesselPerfusion[site];
        (string density, string maturity) = _snapshot.Detail is { } detail
            ? (Csv.Measured(detail.Vessels.Density[_vessels[site]]), Csv.Measured(detail.Vessels.Maturity[_vessels[site]])) : ("", "");
        return Row(site, $"v{site}", "vessel", perfusion > VesselMetrics.PerfusedAbove ? "perfused" : "poorly_perfused",
            ["", "", "", "", "", "", "", "", Csv.Measured(perfusion), density, maturity]);
    }

    private string Row(int site, string id, string type, string state, string[] traits)
    {
        double h = _snapshot.SpacingUm;
        int x = site % _snapshot.Nx, y = site / _snapshot.Nx % _snapshot.Ny, z = site / _snapshot.Nx / _snapshot.Ny;
        string fields = string.Join(',', _snapshot.Fields.Select(f => Csv.Measured(f[site])));
        return $"{_keys},{id},{Csv.Measured((x + 0.5) * h)},{Csv.Measured((y + 0.5) * h)},{Csv.Measured((z + 0.5) * h)},{type},{state},{string.Join(',', traits)},{fields},{Csv.Measured(_snapshot.Detail?.Stroma[site] ?? double.NaN)}";
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
