using TmeSim.Engine.Cd8;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Macrophages;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Radiation;
using TmeSim.Engine.Therapies;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine.State;

/// <summary>
/// Fingerprint of everything the next step depends on. Site layers go in row order without halo; cells go in the order of
/// their sites (one immune cell and one vessel a site), never in store order.
/// </summary>
internal static class StateHash
{
    internal static void Add(ref StateHasher hasher, LesionState lesion)
    {
        LatticeShape shape = lesion.Shape;
        AddRows(ref hasher, shape, lesion.ParenchymaCodes);
        AddRows(ref hasher, shape, lesion.CloneIndex);
        AddRows(ref hasher, shape, lesion.Mhc1);
        AddRows(ref hasher, shape, lesion.Pdl1);
        AddRows(ref hasher, shape, lesion.Stroma);
        AddRows(ref hasher, shape, lesion.VesselMark);
        foreach (SiteArray<float> field in lesion.Fields)
        {
            AddRows(ref hasher, shape, field);
        }

        if (lesion.Radiation is RadiationTraits radiation)
        {
            AddRows(ref hasher, shape, radiation.Damage);
            AddRows(ref hasher, shape, radiation.Stress);
            AddRows(ref hasher, shape, radiation.Signal);
            hasher.Add<double>([radiation.DoseGy, radiation.DoomedCells]);
        }

        lesion.Clones.Hash(ref hasher);
        AddImmune(ref hasher, lesion);
        AddVessels(ref hasher, lesion);
        hasher.Add(lesion.Ledger.Counts);
        hasher.Add<double>([lesion.AntigenReleased, lesion.EffectorsTaken, lesion.MeanVegf, lesion.TotalDamp]);
        hasher.Add(lesion.Multipliers.Values);
        hasher.Add<double>(lesion.StromaExposure.Sums);
        hasher.Add<int>([lesion.TumorCells, lesion.TumorCellsAtStart, lesion.DyingCells, lesion.NecroticCells, lesion.Hepatocytes]);
    }

    internal static void Add(ref StateHasher hasher, PatientState patient, ResponseMonitor response, TherapyState? therapy)
    {
        hasher.Add<double>(patient.Values);
        response.Hash(ref hasher);
        if (therapy is not null)
        {
            hasher.Add<int>(therapy.Clock.Given);
            hasher.Add<int>(therapy.Clock.Ended);
            hasher.Add<PkState>(therapy.Pk);
            hasher.Add<int>(therapy.Beams.Given);
            hasher.Add<int>(therapy.Beams.Ended);
        }
    }

    private static void AddRows<T>(ref StateHasher hasher, LatticeShape shape, SiteArray<T> array)
        where T : unmanaged
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            hasher.Add<T>(array.Span.Slice(shape.RowStart(row), shape.Nx));
        }
    }

    // One byte a site, 0 or 1, as if the bits were an array of bytes.
    private static void AddRows(ref StateHasher hasher, LatticeShape shape, SiteBits bits)
    {
        var bytes = new byte[shape.Nx];
        for (int row = 0; row < shape.Rows; row++)
        {
            int start = shape.RowStart(row);
            for (int x = 0; x < bytes.Length; x++)
            {
                bytes[x] = bits[start + x] ? (byte)1 : (byte)0;
            }

            hasher.Add<byte>(bytes);
        }
    }

    private static void AddImmune(ref StateHasher hasher, LesionState lesion)
    {
        Cd8Store cd8 = lesion.Cd8;
        MacrophageStore macrophages = lesion.Macrophages;
        for (int row = 0; row < lesion.Shape.Rows; row++)
        {
            for (int site = lesion.Shape.RowStart(row), end = site + lesion.Shape.Nx; site < end; site++)
            {
                int cell = lesion.Immune[site];
                if (cell > 0)
                {
                    int i = cell - 1;
                    hasher.Add(((ulong)site << 1) | 1);
                    hasher.Add(cd8.Id[i]);
                    hasher.Add(((ulong)(uint)cd8.Site[i] << 32) | (uint)cd8.Target[i]);
                    hasher.Add(((ulong)BitConverter.SingleToUInt32Bits(cd8.EngagedHours[i]) << 32) | BitConverter.SingleToUInt32Bits(cd8.Exhaustion[i]));
                    hasher.Add(((ulong)cd8.Divisions[i] << 8) | cd8.Reactive[i]);
                }
                else if (cell < 0)
                {
                    int i = -cell - 1;
                    hasher.Add((ulong)site << 1);
                    hasher.Add(macrophages.Id[i]);
                    hasher.Add((ulong)macrophages.Site[i]);
                    hasher.Add(((ulong)BitConverter.SingleToUInt32Bits(macrophages.Score[i]) << 32) | BitConverter.SingleToUInt32Bits(macrophages.Polarisability[i]));
                }
            }
        }
    }

    private static void AddVessels(ref StateHasher hasher, LesionState lesion)
    {
        VesselStore vessels = lesion.Vessels;
        int[] order = new int[vessels.Count], sites = new int[vessels.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            sites[i] = vessels.Site[i];
        }

        // One vessel a site: the keys are unique, so the order is.
        Array.Sort(sites, order);
        foreach (int i in order)
        {
            hasher.Add((ulong)vessels.Site[i]);
            hasher.Add<float>([vessels.Density[i], vessels.Maturity[i], vessels.Perfusion[i], vessels.Adhesion[i]]);
        }
    }
}
