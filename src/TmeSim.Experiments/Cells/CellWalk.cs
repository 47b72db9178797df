using TmeSim.Analysis.Spatial;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Cells;

/// <summary>
/// The cells of a snapshot, or of a slab of one, in the order of their sites; at a site parenchyma, immune cell, vessel. Hepatocytes and free
/// sites are left out.
/// </summary>
internal sealed class CellWalk
{
    private readonly TissueSnapshot _snapshot;
    private readonly CellVocabulary _words;
    private readonly CellRow _row;
    private readonly bool _states;
    private readonly int[] _fields, _clones;
    private readonly Dictionary<int, int> _cd8, _macrophages, _vessels;

    private CellWalk(TissueSnapshot snapshot, CellVocabulary words)
    {
        (_snapshot, _words, _row, _states) = (snapshot, words, new CellRow(words.Variables.Count), snapshot.ListsCd8States);
        _fields = [.. words.Variables.Skip(CellVocabulary.FirstField).Select(v => snapshot.FieldRows.Index().Where(f => f.Item.Key == v.Name)
            .Select(f => f.Index).DefaultIfEmpty(-1).First())];
        _clones = [.. (snapshot.Detail?.Levels.Clones ?? []).Select(c => words.Clone(c.Name))];
        _cd8 = Rows(snapshot.Detail?.Cd8.Site);
        _macrophages = Rows(snapshot.Detail?.Macrophages.Site);
        _vessels = Rows(snapshot.Detail?.Vessels.Site);
    }

    /// <summary>The cells; each is good until the next one is asked for.</summary>
    public static IEnumerable<CellRow> Of(TissueSnapshot snapshot, CellVocabulary words)
    {
        var walk = new CellWalk(snapshot, words);
        for (int site = 0; site < snapshot.Parenchyma.Length; site++)
        {
            bool tumor = snapshot.Parenchyma[site] is Parenchyma.Tumor or Parenchyma.Dying or Parenchyma.Necrotic;
            bool immune = snapshot.Immune[site] > 0, vessel = !float.IsNaN(snapshot.VesselPerfusion[site]);
            if (!tumor && !immune && !vessel)
            {
                continue;
            }

            walk.Stand(site);
            if (tumor)
            {
                yield return walk.Tumor(site);
            }

            if (immune)
            {
                yield return walk.Immune(site, snapshot.Codes[snapshot.Immune[site] - 1]);
            }

            if (vessel)
            {
                yield return walk.Vessel(site);
            }
        }
    }

    private static Dictionary<int, int> Rows(int[]? sites) => (sites ?? []).Index().ToDictionary(p => p.Item, p => p.Index);

    private long Number(int site)
    {
        int layer = _snapshot.Nx * _snapshot.Ny;
        int x = site % _snapshot.Nx, y = _snapshot.FirstRow + (site % layer / _snapshot.Nx), z = _snapshot.FirstLayer + (site / layer);
        return x + ((long)_snapshot.Nx * (y + ((long)_snapshot.LatticeRows * z)));
    }

    private void Stand(int site)
    {
        int layer = _snapshot.Nx * _snapshot.Ny;
        double h = _snapshot.SpacingUm;
        _row.Place = (((site % _snapshot.Nx) + 0.5) * h, (_snapshot.FirstRow + (site % layer / _snapshot.Nx) + 0.5) * h,
            (_snapshot.FirstLayer + (site / layer) + 0.5) * h);
        for (int i = 0; i < _fields.Length; i++)
        {
            _row.Values[CellVocabulary.FirstField + i] = i == _fields.Length - 1 ? _snapshot.Detail?.Stroma[site] ?? float.NaN
                : _fields[i] < 0 ? float.NaN : _snapshot.Fields[_fields[i]][site];
        }
    }

    private CellRow Begin(string id, int type, int state)
    {
        _row.Clear();
        (_row.Id, _row.Type, _row.State) = (id, type, state);
        return _row;
    }

    private CellRow Tumor(int site)
    {
        CellRow row = Begin($"t{Number(site)}", _words.Type(CellVocabulary.Tumor), _snapshot.Parenchyma[site] switch
        {
            Parenchyma.Tumor => CellVocabulary.Living,
            Parenchyma.Dying => CellVocabulary.Dying,
            _ => CellVocabulary.Necrotic,
        });
        if (row.State == CellVocabulary.Living)
        {
            row.CloneIndex = _snapshot.CloneIndex[site];
            row.Clone = row.CloneIndex < _clones.Length ? _clones[row.CloneIndex] : -1;
            row.Values[CellVocabulary.Mhc1] = _snapshot.Detail?.Mhc1[site] ?? float.NaN;
            row.Values[CellVocabulary.Pdl1] = _snapshot.Detail?.Pdl1[site] ?? float.NaN;
        }

        return row;
    }

    private CellRow Immune(int site, CellCode cell)
    {
        // Kinds of the engine by their first letter, further ones by their key: two of them may begin alike.
        string first = ImmuneKinds.All.Any(k => k.Key == cell.Kind) ? cell.Kind[..1] : $"{cell.Kind}-";
        int type = _words.Type(cell.Kind), state = _words.State(cell.State);
        if (_macrophages.TryGetValue(site, out int m))
        {
            CellRow macrophage = Begin($"{first}{_snapshot.Detail!.Macrophages.Id[m]:x16}", type, state);
            macrophage.Values[CellVocabulary.Cd163] = _snapshot.Detail.Macrophages.Cd163[m];
            return macrophage;
        }

        if (!_cd8.TryGetValue(site, out int i))
        {
            return Begin($"{first}{Number(site)}", type, state);
        }

        Cd8List list = _snapshot.Detail!.Cd8;
        CellRow row = Begin($"{first}{list.Id[i]:x16}", type, state);
        row.Values[CellVocabulary.Exhaustion] = list.Exhaustion[i];
        (row.Engaged, row.Reactive) = (list.Engaged[i], list.Reactive[i] != 0 ? 1 : 0);
        row.Differentiation = row.Reactive == 1 && _states ? list.State[i] : -1;
        return row;
    }

    private CellRow Vessel(int site)
    {
        float perfusion = _snapshot.VesselPerfusion[site];
        CellRow row = Begin($"v{Number(site)}", _words.Type(CellVocabulary.Vessel),
            perfusion > VesselMetrics.PerfusedAbove ? CellVocabulary.Perfused : CellVocabulary.PoorlyPerfused);
        row.Values[CellVocabulary.Perfusion] = perfusion;
        if (_snapshot.Detail is { } detail)
        {
            row.Values[CellVocabulary.Lumen] = detail.Vessels.Density[_vessels[site]];
            row.Values[CellVocabulary.Maturity] = detail.Vessels.Maturity[_vessels[site]];
        }

        return row;
    }
}
