using TmeSim.Engine;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Benchmarks;

/// <summary>
/// The tumour step as the rules read (MODEL.md): site by site, a block of draws and an exponential for each cell, powers instead of
/// a table. Decides the events and relaxes MHC-I and PD-L1; it does not carry the events out.
/// </summary>
internal sealed class PlainTumor(KernelScene scene)
{
    private readonly ProcessSetup _setup = scene.Setup;

    public int Divisions { get; private set; }

    public int Apoptosis { get; private set; }

    public int Necrosis { get; private set; }

    public int HepatocyteNecrosis { get; private set; }

    public void Step(in StepContext context)
    {
        (Divisions, Apoptosis, Necrosis, HepatocyteNecrosis) = (0, 0, 0, 0);
        LesionState lesion = _setup.Lesion;
        LatticeShape shape = lesion.Shape;
        float division = (float)(lesion.Multipliers[Multiplier.DivisionRatePerDay] / 24), apoptosis = _setup.Rate(Parameter.GrowthLossRate);
        float relaxMhc1 = DetMath.Probability(_setup.Rate(Parameter.Mhc1Relaxation));
        float relaxPdl1 = DetMath.Probability(_setup.Rate(Parameter.Pdl1Relaxation));
        float gain = (float)_setup.Value(Parameter.IfngMhc1Gain), low = (float)_setup.Value(Parameter.Pdl1Base);
        float range = (float)_setup.Value(Parameter.Pdl1Max) - low, hill = (float)_setup.Value(Parameter.Pdl1Hill);
        float onset = (float)_setup.Value(Parameter.NecrosisOnset);
        for (int y = 0; y < shape.Ny; y++)
        {
            for (int x = 0; x < shape.Nx; x++)
            {
                int site = shape.Site(x, y);
                float oxygen = lesion.Field(FieldId.Oxygen)[site], ifng = lesion.Field(FieldId.Ifng)[site];
                float divides = 0, dies = 0, necroses = NecrosisHazard(oxygen, onset);
                if (lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
                {
                    lesion.Mhc1[site] += (1 + gain * ifng / (1 + ifng) - lesion.Mhc1[site]) * relaxMhc1;
                    lesion.Pdl1[site] += (low + range * DetMath.Hill(ifng, 1, hill) - lesion.Pdl1[site]) * relaxPdl1;
                    divides = division * CycleFactor(lesion.Clones[lesion.CloneIndex[site]]) * Ramp(oxygen);
                    dies = apoptosis;
                }
                else if (lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte)
                {
                    continue;
                }

                PhiloxBlock block = context.Draw(site >> 2, Purpose.ParenchymaEvent);
                uint word = (site & 3) switch { 0 => block.X0, 1 => block.X1, 2 => block.X2, _ => block.X3 };
                if (Draws.Uniform(word) < DetMath.Probability(divides + dies + necroses))
                {
                    Count(site, divides, dies, necroses, context);
                }
            }
        }
    }

    /// <summary>Steps of this loop and of the engine from the same states decide the same numbers of events. Returns how many there were.</summary>
    public static int Check(KernelScene scene, int steps)
    {
        ArgumentNullException.ThrowIfNull(scene);
        scene.Restore();
        var plain = new PlainTumor(scene);
        var engine = new TumorProcess(scene.Setup);
        Ledger ledger = scene.Lesion.Ledger;
        int length = scene.Lesion.Shape.Length, events = 0;
        (float[] mhc1, float[] pdl1) = (new float[length], new float[length]);
        for (int i = 0; i < steps; i++)
        {
            scene.Lesion.Mhc1.Span.CopyTo(mhc1);
            scene.Lesion.Pdl1.Span.CopyTo(pdl1);
            plain.Step(scene.Context(i));
            mhc1.CopyTo(scene.Lesion.Mhc1.Writable);
            pdl1.CopyTo(scene.Lesion.Pdl1.Writable);
            long dead = ledger[Booking.TumorDeathsApoptosis], necrotic = ledger[Booking.TumorDeathsNecrosis], liver = ledger[Booking.HepatocyteDeathsNecrosis];
            engine.Step(scene.Context(i));
            KernelScene.Same("divisions", plain.Divisions, engine.DivisionsDrawn);
            KernelScene.Same("apoptosis", plain.Apoptosis, ledger[Booking.TumorDeathsApoptosis] - dead);
            KernelScene.Same("necrosis", plain.Necrosis, ledger[Booking.TumorDeathsNecrosis] - necrotic);
            KernelScene.Same("necrosis of liver", plain.HepatocyteNecrosis, ledger[Booking.HepatocyteDeathsNecrosis] - liver);
            events += plain.Divisions + plain.Apoptosis + plain.Necrosis;
        }

        scene.Restore();
        return events;
    }

    private void Count(int site, float divides, float dies, float necroses, in StepContext context)
    {
        if (_setup.Lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte)
        {
            HepatocyteNecrosis++;
            return;
        }

        float u = Draws.Uniform(context.Draw(site, Purpose.ParenchymaKind).X0) * (divides + dies + necroses);
        if (u < divides)
        {
            Divisions++;
        }
        else if (u < divides + dies)
        {
            Apoptosis++;
        }
        else
        {
            Necrosis++;
        }
    }

    private float Ramp(float oxygen)
    {
        float low = (float)_setup.Value(Parameter.GrowthRampLow);
        return MathF.Min(1, MathF.Max(0, (oxygen - low) * (1 / ((float)_setup.Value(Parameter.GrowthRampHigh) - low))));
    }

    private float NecrosisHazard(float oxygen, float onset) =>
        _setup.Rate(Parameter.NecrosisRate) * MathF.Min(1, MathF.Max(0, (onset - oxygen) * (1 / (onset - (float)_setup.Value(Parameter.NecrosisFull)))));

    private float CycleFactor(Clone clone) =>
        (float)(_setup.Value(Parameter.Nek9GrowthBase) + _setup.Value(Parameter.Nek9GrowthSlope) * clone.Nek9 / (1 + clone.Nek9));
}
