using System.Numerics;
using System.Runtime.Intrinsics;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>Step 8: dying cells and necrotic debris are cleared; hepatocytes regrow into free sites beside liver.</summary>
internal sealed class ClearanceProcess(ProcessSetup setup)
{
    private readonly LesionState _lesion = setup.Lesion;
    private readonly float _dying = setup.IsOn(Mechanism.GrowthClearance) ? setup.Rate(Parameter.GrowthClearanceDying) : 0;
    private readonly float _necrotic = setup.IsOn(Mechanism.GrowthClearance) ? setup.Rate(Parameter.GrowthClearanceNecrotic) : 0;
    private readonly float _regrowth = setup.IsOn(Mechanism.GrowthHepatocyteRegrowth) ? setup.Rate(Parameter.GrowthRegrowthRate) : 0;

    public void Step(in StepContext context)
    {
        float dt = (float)context.StepHours;
        var kernel = new ClearanceKernel(
            _lesion, context, setup.Workspace.EventBits, DetMath.Probability(_dying * dt), DetMath.Probability(_necrotic * dt),
            DetMath.Probability(_regrowth * dt));
        setup.Runner.Run(kernel, _lesion.Shape.Rows);
        foreach (int site in setup.Workspace.TakeEvents())
        {
            Commit(site);
        }
    }

    private void Commit(int site)
    {
        switch (_lesion.ParenchymaCodes[site])
        {
            case Parenchyma.Dying:
                _lesion.ParenchymaCodes[site] = Parenchyma.Empty;
                _lesion.Radiation?.Clear(site);
                _lesion.DyingCells--;
                _lesion.Ledger.Add(Booking.DyingCleared);
                break;
            case Parenchyma.Necrotic:
                // Liver that starved on the ground of a septum or track leaves that.
                _lesion.ParenchymaCodes[site] = _lesion.StromaMap.IsClosed(site) ? Parenchyma.Stroma : Parenchyma.Empty;
                _lesion.Radiation?.Clear(site);
                _lesion.NecroticCells--;
                _lesion.Ledger.Add(Booking.NecroticCleared);
                break;
            default:
                _lesion.ParenchymaCodes[site] = Parenchyma.Hepatocyte;
                _lesion.Hepatocytes++;
                _lesion.Ledger.Add(Booking.HepatocytesRegrown);
                break;
        }
    }
}

/// <summary>Marks dying, necrotic and free sites whose time has come. A free site regrows only beside a hepatocyte.</summary>
internal readonly unsafe struct ClearanceKernel(
    LesionState lesion, StepContext context, ushort[] eventBits, float dying, float necrotic, float regrowth) : IRowKernel
{
    private const int Group = 16;

    /// <summary>Sites whose draws are made at once.</summary>
    private const int Batch = 4 * PhiloxBatch.Group;

    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        ulong* sites = stackalloc ulong[Batch];
        uint* words = stackalloc uint[4 * Batch];
        int count = 0;
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            for (int group = start; group < stop; group += Group)
            {
                if (Lifeless(codes + group) == 0)
                {
                    continue;
                }

                for (uint open = Changing(codes + group); open != 0; open &= open - 1)
                {
                    sites[count++] = (ulong)(group + BitOperations.TrailingZeroCount(open));
                    if (count == Batch)
                    {
                        Decide(codes, sites, count, words);
                        count = 0;
                    }
                }
            }
        }

        Decide(codes, sites, count, words);
    }

    /// <summary>Bit x is set where there is neither hepatocyte nor tumour cell nor wall, as there is behind the end of a row.</summary>
    private static uint Lifeless(byte* codes)
    {
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<byte> here = Vector128.Load(codes);
            Vector128<byte> other = Vector128.Equals(here, Vector128.Create(Parenchyma.Hepatocyte))
                | Vector128.Equals(here, Vector128.Create(Parenchyma.Tumor)) | Vector128.Equals(here, Vector128.Create(Parenchyma.Wall));
            return (~other).ExtractMostSignificantBits();
        }

        uint lifeless = 0;
        for (int x = 0; x < Group; x++)
        {
            lifeless |= (codes[x] is Parenchyma.Hepatocyte or Parenchyma.Tumor or Parenchyma.Wall ? 0u : 1u) << x;
        }

        return lifeless;
    }

    /// <summary>Bit x is set where a dying cell or debris may go, or liver grow back: it is free, beside a hepatocyte.</summary>
    private uint Changing(byte* codes)
    {
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<byte> here = Vector128.Load(codes);
            Vector128<byte> free = Vector128.Equals(here, Vector128.Create(Parenchyma.Empty)) & All(regrowth > 0);
            Vector128<byte> changing = (Vector128.Equals(here, Vector128.Create(Parenchyma.Dying)) & All(dying > 0))
                | (Vector128.Equals(here, Vector128.Create(Parenchyma.Necrotic)) & All(necrotic > 0));
            if (free != Vector128<byte>.Zero)
            {
                Vector128<byte> beside = Vector128<byte>.Zero, liver = Vector128.Create(Parenchyma.Hepatocyte);
                foreach (int offset in lesion.Shape.FaceOffsets)
                {
                    beside |= Vector128.Equals(Vector128.Load(codes + offset), liver);
                }

                changing |= free & beside;
            }

            return changing.ExtractMostSignificantBits();
        }

        uint bits = 0;
        for (int x = 0; x < Group; x++)
        {
            bits |= (Chance(codes[x]) > 0 && (codes[x] != Parenchyma.Empty || BesideLiver(codes + x)) ? 1u : 0u) << x;
        }

        return bits;
    }

    private static Vector128<byte> All(bool set) => Vector128.Create(set ? byte.MaxValue : (byte)0);

    private void Decide(byte* codes, ulong* sites, int count, uint* words)
    {
        PhiloxBatch.Lineages(words, sites, count, context.Step, (uint)Purpose.Clearance << 16, context.Key);
        for (int i = 0; i < count; i++)
        {
            int site = (int)sites[i];
            if (Draws.Uniform(words[4 * i]) < Chance(codes[site]))
            {
                eventBits[site >> 4] |= (ushort)(1 << (site & 15));
            }
        }
    }

    private float Chance(byte code) => code switch
    {
        Parenchyma.Dying => dying,
        Parenchyma.Necrotic => necrotic,
        Parenchyma.Empty => regrowth,
        _ => 0,
    };

    private bool BesideLiver(byte* code)
    {
        foreach (int offset in lesion.Shape.FaceOffsets)
        {
            if (code[offset] == Parenchyma.Hepatocyte)
            {
                return true;
            }
        }

        return false;
    }
}
