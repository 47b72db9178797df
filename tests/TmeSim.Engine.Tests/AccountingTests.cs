using FsCheck;
using FsCheck.Fluent;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests;

/// <summary>Recount of the lattice = books, per cell type and cause, after every step, over random scenarios and switches.</summary>
public class AccountingTests
{
    [Fact]
    public void RandomScenario_EveryStep_RecountAgreesWithTheBooks()
    {
        Gen<(int Seed, ulong Off, int Size, int Depth)> scenarios =
            from seed in Gen.Choose(1, int.MaxValue - 1)
            from low in Gen.Choose(0, int.MaxValue - 1)
            from high in Gen.Choose(0, int.MaxValue - 1)
            from size in Gen.Choose(14, 30)
            from depth in Gen.Choose(1, 5)
            select (seed, ((ulong)low << 31) ^ (ulong)high, size, depth);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20261121, 7), Prop.ForAll(scenarios.ToArbitrary(), s => Agrees(s.Seed, s.Off, s.Size, s.Depth)));
    }

    [Fact]
    public void EverySwitchOff_RecountAgrees() => Assert.True(Agrees(3, ulong.MaxValue, 24, 1));

    [Fact]
    public void EverySwitchOn_RecountAgrees() => Assert.True(Agrees(3, 0, 30, 1));

    /// <summary>A value that is no number ends the simulation in the step that meets it, by the name of the field.</summary>
    [Theory]
    [InlineData(FieldId.Oxygen, float.NaN, "oxygen")]
    [InlineData(FieldId.Vegf, float.PositiveInfinity, "vegf")]
    [InlineData(FieldId.Ifng, float.NaN, "ifng")]
    public void FieldThatIsNoNumber_EndsTheSimulationByName(FieldId field, float value, string name)
    {
        using var simulation = new Simulation(TestPlans.Plan(24, 24, 1, burnInDays: 0, TestPlans.Lesion(), 3), 0);
        simulation.Step();
        LesionState lesion = simulation.Lesions[0];
        lesion.Field(field)[lesion.Shape.RowStart(lesion.Shape.Rows / 2) + 8] = value;
        var failed = Assert.Throws<SimulationException>(() =>
        {
            for (int step = 0; step < 4; step++)
            {
                simulation.Step();
            }
        });
        Assert.Contains($"the field {name} is not finite", failed.Message, StringComparison.Ordinal);
        Assert.Contains("step ", failed.Message, StringComparison.Ordinal);
    }

    private static bool Agrees(int seed, ulong off, int size, int depth)
    {
        var random = new System.Random(seed);
        var mask = new UInt128(random.NextMask(), off & random.NextMask());
        MechanismSet mechanisms = MechanismTable.All.Aggregate(
            MechanismSet.AllOn, (set, info) => set.With(info.Id, off != ulong.MaxValue && (mask & (UInt128.One << (int)info.Id)) == 0));

        LesionPlan lesion = TestPlans.Lesion() with
        {
            RadiusUm = 20 * (3 + random.Next(size / 3)),
            DoublingTimeHours = 24 * (2 + random.Next(100)),
            Cd8PerMm2 = random.Next(600),
            MacrophagesPerMm2 = random.Next(600),
            VesselsPerMm2 = random.Next(90),
            Cd163Fraction = random.NextDouble(),
            Pattern = (ImmunePattern)random.Next(3),
            Clones = [new ClonePlan("b", 0.25, random.NextDouble(), 2 * random.NextDouble()) { Lof = (Genotype)random.Next(64) }],
        };
        ParameterSet parameters = TestPlans.Parameters
            .With(Parameter.Cd8KillRate, 6).With(Parameter.MacrophagePhagocytosisRate, 0.5).With(Parameter.GrowthLossRate, 0.1)
            .With(Parameter.ClonesMutationRate, 0.1).With(Parameter.ClonesB2mNkDeath, 1).With(Parameter.NecrosisOnset, 12).With(Parameter.VesselsLossRate, 0.2).With(Parameter.VesselsSproutRate, 3);
        SimulationPlan plan = TestPlans.Plan(size, size, depth, burnInDays: 1, lesion, (ulong)seed) with { Parameters = parameters, Mechanisms = mechanisms };
        using var simulation = new Simulation(plan, 0);
        var books = new Books(simulation.Lesions[0]);
        while (simulation.TimeHours < 24)
        {
            if (!simulation.InBurnIn && simulation.TimeHours == 0)
            {
                simulation.BeginArm(TestPlans.EverythingArm(plan));
            }

            simulation.Step();
            if (!books.Agree())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Own count of every site and own sum of every booking, independent of the engine's recount.</summary>
    private sealed class Books(LesionState lesion)
    {
        private readonly long[] _before = Count(lesion);
        private readonly long[] _booked = [.. lesion.Ledger.Counts];

        public bool Agree()
        {
            long[] now = Count(lesion);
            long Since(Booking booking) => lesion.Ledger[booking] - _booked[(int)booking];
            long killed = Since(Booking.TumorDeathsCd8) + Since(Booking.TumorDeathsApoptosis) + Since(Booking.TumorDeathsMitoticFailure) + Since(Booking.TumorDeathsNk);
            long births = Since(Booking.TumorBirths), necrosis = Since(Booking.TumorDeathsNecrosis), eaten = Since(Booking.TumorDeathsPhagocytosis);
            long liver = Since(Booking.HepatocytesRegrown) - Since(Booking.HepatocytesDisplaced) - Since(Booking.HepatocyteDeathsNecrosis);
            return now[Parenchyma.Tumor] - _before[Parenchyma.Tumor] == births - killed - necrosis - eaten
                && now[Parenchyma.Dying] - _before[Parenchyma.Dying] == killed - Since(Booking.DyingCleared)
                && now[Parenchyma.Necrotic] - _before[Parenchyma.Necrotic]
                    == necrosis + Since(Booking.HepatocyteDeathsNecrosis) - Since(Booking.NecroticCleared)
                && now[Parenchyma.Hepatocyte] - _before[Parenchyma.Hepatocyte] == liver
                && now[Parenchyma.Empty] + now[Parenchyma.Stroma] - _before[Parenchyma.Empty] - _before[Parenchyma.Stroma]
                    == Since(Booking.DyingCleared) + Since(Booking.NecroticCleared) + eaten - Since(Booking.HepatocytesRegrown) + Since(Booking.HepatocytesDisplaced) - births
                && now[6] - _before[6] == Since(Booking.Cd8Entries) + Since(Booking.Cd8Births) - Since(Booking.Cd8Deaths) - Since(Booking.Cd8Exits)
                && now[7] - _before[7] == Since(Booking.MacrophageEntries) - Since(Booking.MacrophageDeaths) - Since(Booking.MacrophageExits)
                && now[8] - _before[8] == Since(Booking.VesselsSprouted) - Since(Booking.VesselsLost)
                && now[6] == lesion.Cd8.Count && now[7] == lesion.Macrophages.Count && now[8] == lesion.Vessels.Count
                && now[Parenchyma.Tumor] == lesion.TumorCells;
        }

        // 0–5 parenchyma codes, 6 CD8, 7 macrophages, 8 vessels; also checks that overlay and stores name each other.
        private static long[] Count(LesionState lesion)
        {
            var counts = new long[9];
            for (int row = 0; row < lesion.Shape.Rows; row++)
            {
                for (int site = lesion.Shape.RowStart(row), end = site + lesion.Shape.Nx; site < end; site++)
                {
                    counts[lesion.ParenchymaCodes[site]]++;
                    int cell = lesion.Immune[site], kind = ImmuneCode.Kind(cell);
                    if (kind >= 0)
                    {
                        Assert.Equal(site, lesion.Stores[kind].Site[ImmuneCode.Index(cell)]);
                        counts[6 + kind]++;
                    }

                    counts[8] += lesion.VesselMark[site] ? 1 : 0;
                    bool tumor = lesion.ParenchymaCodes[site] == Parenchyma.Tumor;
                    Assert.True(tumor || (lesion.CloneIndex[site] == 0 && lesion.Mhc1[site] == 0 && lesion.Pdl1[site] == 0));
                }
            }

            return counts;
        }
    }
}

internal static class RandomExtensions
{
    /// <summary>A mask with about a quarter of its bits set.</summary>
    public static ulong NextMask(this System.Random random) => (ulong)random.NextInt64() & (ulong)random.NextInt64();
}
