using TmeSim.Engine.Therapies;
using TmeSim.Scenarios.Drugs;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Engine.Tests.Therapies;

/// <summary>Peak, trough and area of the drugs of the library against published ones (seeds/exposures), by the pharmacokinetics of the engine.</summary>
public sealed class ExposureTests
{
    /// <summary>Drugs that nobody gives to patients, or of which no published exposure could be read, as their sources say.</summary>
    private static readonly string[] LeftOut =
    [
        "apatinib", "camrelizumab", "sintilimab", // no interval was read
        "atr-inhibitor", "caf-inhibitor", "emactuzumab", "nek9-inhibitor", // generic: every number is an assumption
    ];

    /// <summary>Where a value but no interval was read, it is held to 30 %.</summary>
    private const double WithoutInterval = 0.3;

    public static TheoryData<int> All => [.. Enumerable.Range(0, ExposureLibrary.All.Count)];

    [Theory]
    [MemberData(nameof(All))]
    public void TypicalPatient_LiesWithinThePublishedInterval(int index)
    {
        PublishedExposure published = ExposureLibrary.All[index];
        double found = Of(published);
        (double low, double high) = published.Interval ?? (published.Value * (1 - WithoutInterval), published.Value * (1 + WithoutInterval));
        Assert.True(found >= low && found <= high, $"{published.Drug} {published.Measure}: {found:G4}, published {published.Value} ({low}-{high})");
        TestContext.Current.TestOutputHelper?.WriteLine($"{published.Drug} {published.Measure} after dose {published.Doses}: {found:G4}, published {published.Value} ({low:G4}-{high:G4})");
    }

    [Fact]
    public void EveryDrug_HasAPublishedExposure_OrIsLeftOutByName()
    {
        string[] held = [.. ExposureLibrary.All.Select(e => e.Drug).Distinct()];
        Assert.Equal(DrugLibrary.All.Select(d => d.Plan.Name).Order(StringComparer.Ordinal), held.Concat(LeftOut).Order(StringComparer.Ordinal));
        Assert.All(LeftOut.Take(3), name => Assert.Contains(DrugLibrary.Find(name)!.Numbers, n => n.Source.Contains("interval of its exposure", StringComparison.Ordinal)));
    }

    // Points every three minutes are close enough for a peak and an area: the curve is known in closed form at each.
    private static double Of(PublishedExposure published)
    {
        IPkModel pk = IPkModel.Create(DrugLibrary.Find(published.Drug)!.Plan.Pk);
        PkState state = default;
        double first = 0;
        for (int dose = 1; ; dose++)
        {
            pk.Dose(ref state, published.DoseMg);
            double peak = 0, at = 0, area = 0, level = pk.ConcentrationMgPerL(state);
            int points = (int)(published.EveryHours * 20);
            double step = published.EveryHours / points;
            for (int i = 1; i <= points; i++)
            {
                pk.Advance(ref state, step);
                double next = pk.ConcentrationMgPerL(state);
                area += (level + next) / 2 * step / 24;
                (peak, at, level) = next > peak ? (next, i * step, next) : (peak, at, next);
            }

            first = dose == 1 ? peak : first;
            if (dose == published.Doses)
            {
                return published.Measure switch
                {
                    "cmax" => peak,
                    "trough" => level,
                    "auc" => area,
                    "tmax" => at,
                    "accumulation" => peak / first,
                    _ => throw new ArgumentOutOfRangeException(nameof(published), published.Measure, "no such measure"),
                };
            }
        }
    }
}
