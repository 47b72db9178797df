using TmeSim.Engine.Extensions;
using TmeSim.Engine.State;

namespace TmeSim.Extension.Tests;

/// <summary>Regulatory T cells of one lesion.</summary>
internal sealed class TregStore : ImmuneStore
{
    public TregStore() => Activation = NewColumn<float>();

    /// <summary>Activation 0–1.</summary>
    public Column<float> Activation { get; }
}

/// <summary>
/// A third kind of immune cells with rules of its own, and a tenth field that draws it, by the public types of the library alone:
/// macrophages with a CD163 score put out CCL22; regulatory T cells enter and move after it, are activated by IFN-γ, suppress through TGF-β/IL-10 and die.
/// Every number is made up.
/// </summary>
internal static class RegulatoryTCells
{
    /// <summary>Place of the kind.</summary>
    public static int Kind { get; } = ImmuneKinds.All.Count;

    /// <summary>Id of the field.</summary>
    public static FieldId Ccl22 { get; } = FieldTable.Further(0);

    /// <summary>The extension.</summary>
    /// <param name="after">What to do at the end of each of their steps.</param>
    /// <param name="source">More of CCL22.</param>
    /// <param name="perMm2">Cells at the start per mm² of tumour.</param>
    public static ModelExtension Extension(Action<KindStep>? after = null, Action<FieldSources>? source = null, double perMm2 = 60) => new()
    {
        Version = "regulatory T cells 1",
        Kinds =
        [
            new("treg", "tregs")
            {
                Classes = [new("resting", "regulatory T cell", "Treg"), new("activated", "regulatory T cell, activated", "activated Treg")],
                ClassOf = (_, store, i) => ((TregStore)store).Activation[i] > 0.3f ? 1 : 0,
                NewStore = () => new TregStore(),
                PerMm2 = _ => perMm2,
                Step = step =>
                {
                    Step(step);
                    after?.Invoke(step);
                },
            },
        ],
        Fields = [new("ccl22", "CCL22", "half-max", 40_000, 0.4, sources =>
        {
            Chemokine(sources);
            source?.Invoke(sources);
        })],
        Sources = [(FieldId.Suppressive, Suppress)],
    };

    private static void Step(KindStep step)
    {
        var cells = (TregStore)step.Cells;
        step.Enter(vessel =>
        {
            float signal = step.Lesion.Field(Ccl22)[step.Lesion.Vessels.Site[vessel]];
            return 0.5 * step.Lesion.Vessels.Perfusion[vessel] * (0.2 + (signal / (1 + signal)));
        });
        step.Move(20, Ccl22, 1);
        for (int i = 0; i < cells.Count; i++)
        {
            float ifng = step.Lesion.Field(FieldId.Ifng)[cells.Site[i]];
            float share = (float)(0.2 * step.StepHours * step.Uniform(i, 1)), now = cells.Activation[i];
            step.Set(cells.Activation, i, now + (share * ((ifng / (1 + ifng)) - now)));
        }

        step.Die(_ => 0.01);
    }

    private static void Chemokine(FieldSources sources)
    {
        for (int i = 0; i < sources.Lesion.Macrophages.Count; i++)
        {
            sources.Add(sources.Lesion.Macrophages.Site[i], 4 * sources.Lesion.Macrophages.Score[i]);
        }

        ImmuneStore cells = sources.Lesion.Stores[Kind];
        for (int i = 0; i < cells.Count; i++)
        {
            sources.TakeUp(cells.Site[i], 0.2);
        }
    }

    private static void Suppress(FieldSources sources)
    {
        var cells = (TregStore)sources.Lesion.Stores[Kind];
        for (int i = 0; i < cells.Count; i++)
        {
            sources.Add(cells.Site[i], 80 * cells.Activation[i]);
        }
    }
}
