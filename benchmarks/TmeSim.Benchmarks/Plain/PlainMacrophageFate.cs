using TmeSim.Engine;
using TmeSim.Engine.Macrophages;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Benchmarks;

/// <summary>Polarisation, phagocytosis and death of macrophages as the rules read, without drugs. Decides; carries nothing out but the scores of its copy.</summary>
internal sealed class PlainMacrophageFate(KernelScene scene)
{
    private readonly ProcessSetup _setup = scene.Setup;
    private readonly LesionState _lesion = scene.Lesion;
    private readonly HashSet<int> _eaten = [];

    /// <summary>Score of each macrophage after the last step.</summary>
    public float[] Scores { get; } = scene.Lesion.Macrophages.Score.Span.ToArray();

    public int Deaths { get; private set; }

    public int Eaten => _eaten.Count;

    public void Step(in StepContext context)
    {
        MacrophageStore cells = _lesion.Macrophages;
        Deaths = 0;
        _eaten.Clear();
        for (int i = 0; i < Scores.Length; i++)
        {
            int site = cells.Site[i];
            Scores[i] = Polarised(site, cells.Polarisability[i], cells.Score[i]);
            PhiloxBlock block = context.Draw(cells.Id[i], Purpose.MacrophageFate);
            if (Draws.Uniform(block.X0) < DetMath.Probability(_setup.Rate(Parameter.MacrophageDeathRate)))
            {
                Deaths++;
            }
            else if (Draws.Uniform(block.X1) < DetMath.Probability(_setup.Rate(Parameter.MacrophagePhagocytosisRate) * (1 - Scores[i])))
            {
                int target = Meal(cells.Id[i], site, context);
                if (target != 0)
                {
                    _eaten.Add(target);
                }
            }
        }
    }

    /// <summary>
    /// Single steps of this loop and of the engine, each from the same state: the same deaths and meals, the same scores bit for bit.
    /// Returns the deaths and meals.
    /// </summary>
    public static int Check(KernelScene scene, int steps)
    {
        ArgumentNullException.ThrowIfNull(scene);
        int events = 0;
        for (int i = 0; i < steps; i++)
        {
            scene.Restore();
            events += CheckStep(scene, i);
        }

        scene.Restore();
        return events;
    }

    private static int CheckStep(KernelScene scene, int step)
    {
        var plain = new PlainMacrophageFate(scene);
        plain.Step(scene.Context(step));
        MacrophageStore cells = scene.Lesion.Macrophages;
        var expected = new Dictionary<ulong, float>();
        for (int i = 0; i < cells.Count; i++)
        {
            expected[cells.Id[i]] = plain.Scores[i];
        }

        Ledger ledger = scene.Lesion.Ledger;
        long deaths = ledger[Booking.MacrophageDeaths], eaten = ledger[Booking.TumorDeathsPhagocytosis];
        new MacrophageFate(scene.Setup).Step(scene.Context(step));
        KernelScene.Same("macrophage deaths", plain.Deaths, ledger[Booking.MacrophageDeaths] - deaths);
        KernelScene.Same("phagocytosis", plain.Eaten, ledger[Booking.TumorDeathsPhagocytosis] - eaten);
        for (int i = 0; i < cells.Count; i++)
        {
            KernelScene.Same("bits of a score", BitConverter.SingleToInt32Bits(expected[cells.Id[i]]), BitConverter.SingleToInt32Bits(cells.Score[i]));
        }

        return plain.Deaths + plain.Eaten;
    }

    private float Polarised(int site, float own, float score)
    {
        float suppressive = _lesion.Field(FieldId.Suppressive)[site], ifng = _lesion.Field(FieldId.Ifng)[site];
        float depth = _lesion.Field(FieldId.Oxygen)[site] / (float)_setup.Value(Parameter.MacrophageHypoxiaHalf);
        float rate = _setup.Rate(Parameter.MacrophagePolarisationRate) * (float)_lesion.Multipliers[Multiplier.Polarisation];
        float up = rate * own * (suppressive / (1 + suppressive) + 1 / (1 + depth * depth));
        float total = up + _setup.Rate(Parameter.MacrophageRepolarisationRate) * ifng / (1 + ifng);
        return total > 0 ? score + (up / total - score) * DetMath.Probability(total) : score;
    }

    private int Meal(ulong id, int site, in StepContext context)
    {
        if (_lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
        {
            return site;
        }

        int best = 0;
        ulong bestRank = 0;
        foreach (int offset in _lesion.Shape.MooreOffsets)
        {
            ulong rank = context.Rank(Mix.Hash(id, (ulong)(site + offset)), Purpose.MacrophageTarget);
            if (_lesion.ParenchymaCodes[site + offset] == Parenchyma.Tumor && (best == 0 || rank < bestRank))
            {
                (best, bestRank) = (site + offset, rank);
            }
        }

        return best;
    }
}
