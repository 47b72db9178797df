using TmeSim.Analysis.Measures;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Drugs;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Tests;

public class LibraryTests
{
    [Fact]
    public void ParameterLibrary_AgainstTheEngine_MatchesBothWays()
    {
        Assert.Equal(ParameterTable.All.Select(p => p.Key), ParameterLibrary.All.Select(p => p.Key));
        Assert.Equal(ParameterTable.All.Select(p => p.Unit), ParameterLibrary.All.Select(p => p.Unit));
        Assert.Equal(Enum.GetValues<Parameter>(), ParameterLibrary.All.Select(p => p.Parameter));
        Assert.All(ParameterLibrary.All, p => Assert.Equal(p, ParameterLibrary.Find(p.Key)));
    }

    [Fact]
    public void ParameterLibrary_EveryEntry_HasADefaultInRangeATextAndARealSource() => Assert.All(ParameterLibrary.All, p =>
    {
        Assert.InRange(p.Value, p.Min, p.Max);
        Assert.True(p.Min < p.Max);
        Assert.True(p.Text.Length > 10, p.Key);
        Assert.True(p.Source.Length > 10, p.Key);
        Assert.DoesNotContain('[', p.Source);
        Assert.NotNull(Unit.Of(p.Unit));
        if (p.Source.StartsWith("TmeSim", StringComparison.Ordinal))
        {
            Assert.True(p.Grade is Grade.Fit or Grade.Assumption, $"{p.Key}: a number of our own is no measurement");
        }
    });

    [Fact]
    public void Presets_EveryValue_IsInRangeAndNamesAKnownKey()
    {
        Assert.Equal(["clinical", "lasting", "murine"], ParameterLibrary.Presets.Select(p => p.Name));
        foreach (PresetEntry preset in ParameterLibrary.Presets)
        {
            Assert.All(preset.Scenario.Keys, k => Assert.Contains(ScenarioKeys.All, row => row.Path == k));
            foreach ((string key, string text) in preset.Parameters)
            {
                ParameterEntry entry = ParameterLibrary.Find(key)!;
                Assert.True(Quantity.TryRead(text, Unit.Of(entry.Unit), out double value, out string error), error);
                Assert.InRange(value, entry.Min, entry.Max);
                Assert.Equal(value, ParameterLibrary.Defaults(preset.Name)[entry.Parameter]);
            }
        }
    }

    [Fact]
    public void UnknownPreset_Defaults_Throws() => Assert.Throws<ArgumentException>(() => ParameterLibrary.Defaults("feline"));

    [Fact]
    public void DrugLibrary_EveryNumber_HasASourceAndAGrade()
    {
        Assert.Equal(
            ["apatinib", "atezolizumab", "atr-inhibitor", "bevacizumab", "caf-inhibitor", "camrelizumab", "durvalumab", "emactuzumab", "ipilimumab", "lenvatinib", "nek9-inhibitor", "nivolumab", "pembrolizumab", "sintilimab", "sorafenib", "tislelizumab", "tremelimumab"],
            DrugLibrary.All.Select(d => d.Plan.Name));
        Assert.All(DrugLibrary.All, d =>
        {
            Assert.Equal((d.Plan.Pk is OralPlan ? 6 : 8) + (2 * d.Plan.Effects.Count), d.Numbers.Count);
            Assert.All(d.Numbers, n => Assert.True(n.Source.Length > 5));
        });
    }

    [Fact]
    public void Atezolizumab_InTheLibrary_HasThePublishedNumbers()
    {
        DrugPlan drug = DrugLibrary.Find("atezolizumab")!.Plan;

        Assert.Equal(new TwoCompartmentPlan(0.2, 3.28, 0.546, 3.63, 1), drug.Pk);
        Assert.Equal((145.0, 1.0, DrugClass.Antibody), (drug.MolarMassKDa, drug.Partition, drug.Class));
        Assert.Equal([new DrugEffect(DrugTarget.PdL1, 0.4, 1)], drug.Effects);
    }

    [Fact]
    public void EvidenceLibrary_EveryTopic_IsComplete()
    {
        int Count(string prefix) => EvidenceLibrary.All.Count(e => e.Id.StartsWith(prefix, StringComparison.Ordinal));

        Assert.Equal((13, 8, 8, 3, 42, 12), (Count("S0-"), Count("S1-"), Count("S2-"), Count("S3-"), Count("S4-"), Count("X-")));
        Assert.Distinct(EvidenceLibrary.All.Select(e => e.Id));
        Assert.All(EvidenceLibrary.All, e => Assert.DoesNotMatch(@"\[[A-Z](:|\])", e.Claim + e.Numbers + e.Source + e.Shows));
        Assert.All(EvidenceLibrary.All, e => Assert.True(e.Claim.Length > 5 && e.Source.Length > 5 && e.Shows.Length > 5));
    }

    [Fact]
    public void KeyTable_EveryRow_HasTextSourceAndAValidDefault() => Assert.All(ScenarioKeys.All, k =>
    {
        Assert.True(k.Text.Length > 4, k.Path);
        Assert.True(k.Source.Length > 4, k.Path);
        Assert.All(k.Units, u => Assert.NotNull(Unit.Of(u)));
        if (k.Kind is KeyKind.Quantity or KeyKind.Integer)
        {
            Assert.True(k.RangeText() is not null, k.Path);
        }

        if (k.Default is string text && k.Kind is KeyKind.Quantity or KeyKind.Integer)
        {
            Assert.True(Quantity.TryRead(k.Default!, Unit.Of(k.Units[0]), out double value, out string error), k.Path + error);
            Assert.InRange(value, k.Min, k.Max);
        }
    });

    [Fact]
    public void MeasureTable_Names_AreDistinctAndFamiliesMatch()
    {
        Assert.Distinct(MeasureTable.All.Select(m => m.Name));
        Assert.Equal("clone_*_cells", MeasureTable.Find("clone_cold_cells")!.Name);
        Assert.Equal("*_mg_per_l", MeasureTable.Find("bevacizumab_mg_per_l")!.Name);
        Assert.Null(MeasureTable.Find("clone_cells"));
        Assert.Null(MeasureTable.Find("tumour_cells"));
    }
}
