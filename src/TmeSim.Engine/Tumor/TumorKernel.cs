using System.Numerics;
using TmeSim.Engine.Clones;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// The dense pass over the parenchyma: relaxes MHC-I and PD-L1 of tumour cells and marks the sites where something may
/// happen this step. Row by row in registers; only sites with an event reach scalar code. One Philox block serves the four sites
/// of an aligned group.
/// </summary>
/// <remarks>Kernels that read whole registers run past the end of a row into its padding, where nothing is read afterwards.</remarks>
internal readonly unsafe struct TumorKernel<TLane>(
    LesionState lesion,
    TumorRates rates,
    CloneEffects clones,
    TraitTargets traits,
    StepContext context,
    ushort[] eventBits) : IRowKernel
    where TLane : struct, ILanes<TLane>
{
    /// <summary>Sites that get their random numbers at once.</summary>
    private const int Chunk = 4 * PhiloxBatch.Group;

    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* oxygen = lesion.Field(FieldId.Oxygen).Values.Pointer;
        uint* draws = stackalloc uint[Chunk];
        float* buffer = stackalloc float[CloneLanes<TLane>.Length(Chunk)], threshold = stackalloc float[16],
            room = stackalloc float[HazardStep.RoomLength];
        CodeTable table = default;
        for (byte code = 0; code < 8; code++)
        {
            table[code] = float.MinValue;
        }

        table[Parenchyma.Tumor] = float.MaxValue;
        table[Parenchyma.Hepatocyte] = rates.NecrosisOnset;
        table.CopyTo(threshold);
        var factors = new CloneLanes<TLane>(lesion, clones, context.Exposure[DrugTarget.Nek9], rates.Slowing, rates.Apoptosis,
            (float)context.StepHours, buffer, Chunk);
        fixed (float* induction = traits.Induction)
        {
            var step = new HazardStep(lesion, rates, traits, induction, room);
            for (int row = first; row < end; row++)
            {
                int start = shape.RowStart(row), stop = start + shape.Nx;
                for (int chunk = start; chunk < stop; chunk += Chunk)
                {
                    int sites = Math.Min(Chunk, stop - chunk);
                    ulong living = Living(codes + chunk, oxygen + chunk, threshold, sites);
                    if (living == 0)
                    {
                        continue;
                    }

                    factors.Fill(chunk, sites);
                    PhiloxBatch.Sites(draws, (uint)chunk >> 2, PhiloxBatch.Group, context.Step, (uint)Purpose.ParenchymaEvent << 16,
                        context.Key);
                    step.Run(chunk, sites, living, draws, factors, eventBits);
                }
            }
        }
    }

    /// <summary>Bit x is set where something can happen: a tumour cell, or a hepatocyte with too little oxygen.</summary>
    private static ulong Living(byte* codes, float* oxygen, float* threshold, int sites)
    {
        ulong living = 0;
        for (int x = 0; x < sites; x += TLane.Width)
        {
            living |= (ulong)TLane.LessMask(TLane.Load(oxygen + x), TLane.Lookup(codes + x, threshold)) << x;
        }

        return sites == Chunk ? living : living & ((1UL << sites) - 1);
    }

    /// <summary>Traits and hazards of a chunk.</summary>
    private readonly struct HazardStep
    {
        /// <summary>Floats of two code tables and of two results for each site of a chunk.</summary>
        public const int RoomLength = 2 * 16 + 2 * Chunk;

        // Null in a lesion that no arm irradiates.
        private readonly float* _stress;
        private readonly byte* _damage;
        private readonly float* _doomed;
        private readonly float* _oxygen, _ifng, _mhc1, _pdl1, _induction, _tumor, _saturations, _signals;
        private readonly byte* _codes;
        private readonly TumorRates _rates;
        private readonly TraitTargets _traits;

        public HazardStep(LesionState lesion, in TumorRates rates, in TraitTargets traits, float* induction, float* room)
        {
            _codes = lesion.ParenchymaCodes.Pointer;
            _oxygen = lesion.Field(FieldId.Oxygen).Values.Pointer;
            _ifng = lesion.Field(FieldId.Ifng).Present.Pointer;
            _mhc1 = lesion.Mhc1.Pointer;
            _pdl1 = lesion.Pdl1.Pointer;
            _induction = induction;
            _rates = rates;
            _traits = traits;
            _stress = lesion.Radiation is null ? null : lesion.Radiation.Stress.Pointer;
            _damage = lesion.Radiation is null ? null : lesion.Radiation.Damage.Pointer;
            _tumor = room;
            _doomed = room + 16;
            _saturations = room + 32;
            _signals = _saturations + Chunk;
            for (int i = 0; i < 16; i++)
            {
                _doomed[i] = i == 0 ? 0 : rates.DoomedDeath;
            }

            CodeTable tumor = default;
            tumor[Parenchyma.Tumor] = 1;
            tumor.CopyTo(_tumor);
        }

        public void Run(int chunk, int sites, ulong living, uint* draws, in CloneLanes<TLane> factors, ushort[] eventBits)
        {
            float* hazards = stackalloc float[16];
            Induce(chunk, sites, living);
            TLane zero = TLane.Splat(0), one = TLane.Splat(1);
            for (int x = 0; x < sites; x += TLane.Width)
            {
                uint some = (uint)(living >> x) & (uint)((1UL << TLane.Width) - 1);
                if (some == 0)
                {
                    continue;
                }

                int site = chunk + x;

                // 1 in tumour cells, else 0. Hazards of what is neither tumour cell nor hepatocyte are not looked at.
                TLane tumor = TLane.Lookup(_codes + site, _tumor);
                TLane mhc1 = TLane.Splat(_traits.Mhc1Gain) * TLane.Load(_saturations + x), pdl1 = TLane.Load(_signals + x);
                if (factors.Traits)
                {
                    mhc1 *= factors.RespondsAt(x);
                    pdl1 *= factors.RespondsAt(x);
                }

                mhc1 = one + mhc1;
                if (_stress != null)
                {
                    TLane stress = TLane.Load(_stress + site);
                    mhc1 += TLane.Splat(_traits.Mhc1Stress) * stress;
                    pdl1 += TLane.Splat(_traits.Pdl1Stress) * stress;
                }

                if (factors.Traits)
                {
                    mhc1 *= factors.PresentsAt(x);
                }

                Relax(_mhc1 + site, mhc1, TLane.Splat(_traits.Mhc1Relax) * tumor);
                Relax(_pdl1 + site, TLane.Splat(_traits.Pdl1Base) + pdl1, TLane.Splat(_traits.Pdl1Relax) * tumor);

                TLane p = TLane.Load(_oxygen + site);
                TLane ramp = _rates.HasRamp ? Clamp((p - TLane.Splat(_rates.RampLow)) * TLane.Splat(_rates.RampScale), zero, one) : one;
                TLane depth = Clamp((TLane.Splat(_rates.NecrosisOnset) - p) * TLane.Splat(_rates.NecrosisScale), zero, one);
                TLane loss = tumor * (factors.Deaths ? factors.DeathsAt(x) : TLane.Splat(_rates.Apoptosis));
                TLane hazard = TLane.Splat(_rates.DivisionPerStep) * tumor * factors.DivisionAt(x) * ramp + loss
                    + TLane.Splat(_rates.NecrosisPerStep) * depth;
                if (_damage != null)
                {
                    hazard += TLane.Lookup(_damage + site, _doomed);
                }

                some &= TLane.LessMask(TLane.Uniform(draws + x), hazard);
                if (some != 0)
                {
                    TLane.Store(hazard, hazards);
                    Mark(site, some, draws + x, hazards, eventBits);
                }
            }
        }

        // Saturation of IFN-γ and what it adds to PD-L1, ahead of the rest: a look into a table takes long, and many can be under way.
        private void Induce(int chunk, int sites, ulong living)
        {
            TLane zero = TLane.Splat(0), one = TLane.Splat(1), range = TLane.Splat(_traits.Pdl1Range),
                intervals = TLane.Splat(SaturationTable.Intervals);
            for (int x = 0; x < sites; x += TLane.Width)
            {
                if (((living >> x) & ((1UL << TLane.Width) - 1)) != 0)
                {
                    TLane ifng = TLane.Load(_ifng + chunk + x), saturation = ifng / (one + ifng);

                    // The clamp matters in the padding of a row only, where a field may hold anything.
                    TLane places = TLane.Max(TLane.Min(saturation * intervals, intervals), zero);
                    TLane.Store(saturation, _saturations + x);
                    TLane.Store(range * TLane.Interpolate(_induction, places), _signals + x);
                }
            }
        }

        // 1 − exp(−k) ≤ k: few sites are left for which it takes an exponential.
        private static void Mark(int first, uint candidates, uint* draws, float* hazards, ushort[] eventBits)
        {
            for (; candidates != 0; candidates &= candidates - 1)
            {
                int lane = BitOperations.TrailingZeroCount(candidates), site = first + lane;
                if (Draws.Uniform(draws[lane]) < DetMath.Probability(hazards[lane]))
                {
                    eventBits[site >> 4] |= (ushort)(1 << (site & 15));
                }
            }
        }

        private static void Relax(float* level, TLane target, TLane share)
        {
            TLane now = TLane.Load(level);
            TLane.Store(now + (target - now) * share, level);
        }

        private static TLane Clamp(TLane value, TLane low, TLane high) => TLane.Min(high, TLane.Max(low, value));
    }
}

/// <summary>Levels that MHC-I and PD-L1 relax toward at steady IFN-γ I, and how far in one step.</summary>
/// <param name="Induction">Values of H(I; 1, n) as <see cref="SaturationTable"/> keeps them.</param>
/// <param name="Pdl1Base">PD-L1 without IFN-γ [1/µm²].</param>
/// <param name="Pdl1Range">What full induction adds [1/µm²].</param>
/// <param name="Mhc1Gain">MHC-I is 1 + gain · I/(1 + I).</param>
/// <param name="Mhc1Relax">Share of the way that MHC-I goes in a step.</param>
/// <param name="Pdl1Relax">The same of PD-L1.</param>
/// <param name="Mhc1Stress">What a full stress response to radiation adds to MHC-I.</param>
/// <param name="Pdl1Stress">What it adds to PD-L1 [1/µm²].</param>
internal readonly record struct TraitTargets(
    float[] Induction, float Pdl1Base, float Pdl1Range, float Mhc1Gain, float Mhc1Relax, float Pdl1Relax, float Mhc1Stress,
    float Pdl1Stress);
