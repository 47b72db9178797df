using TmeSim.Analysis.Growth;
using TmeSim.Engine.Patient;

namespace TmeSim.Analysis.Tests.Growth;

public class RecistTests
{
    [Fact]
    public void FallThenRise_IsPartialThenProgression()
    {
        // Nadir 56 mm: 20 % is 67.2 mm, above the 5 mm rule.
        RecistResult result = Recist.Assess([0, 6, 12, 18, 24, 30], [100, 80, 70, 56, 67, 67.2]);
        Assert.Equal(RecistResponse.Partial, result.Best);
        Assert.Equal(-0.44, result.BestChange, 1e-12);
        Assert.Equal(30, result.ProgressionTime);
        Assert.Equal([RecistResponse.Stable, RecistResponse.Partial, RecistResponse.Partial, RecistResponse.Partial, RecistResponse.Progression], result.Visits);
    }

    [Fact]
    public void SmallLesion_NeedsFiveMillimetres()
    {
        Assert.Null(Recist.Assess([0, 1], [10, 14.9]).ProgressionTime);
        Assert.Equal(1, Recist.Assess([0, 1], [10, 15]).ProgressionTime);
        Assert.Null(Recist.Assess([0, 1], [100, 119]).ProgressionTime);
        Assert.Equal(1, Recist.Assess([0, 1], [100, 120]).ProgressionTime);
    }

    [Fact]
    public void ResponseAfterProgression_DoesNotCount()
    {
        RecistResult result = Recist.Assess([0, 1, 2], [50, 70, 10]);
        Assert.Equal(RecistResponse.Progression, result.Best);
        Assert.Equal(1, result.ProgressionTime);
        Assert.Equal(0.4, result.BestChange, 1e-12);
    }

    [Fact]
    public void Rules_OfTheArm_Decide()
    {
        // 9.5 mm is 19 % over the smallest sum, 9.6 mm 20 %: 1.6 mm are too few for the standard rules.
        var murine = new RecistRules(0.2, 1);
        Assert.Null(Recist.Assess([0, 1], [8, 9.5], murine).ProgressionTime);
        Assert.Equal(1, Recist.Assess([0, 1], [8, 9.6], murine).ProgressionTime);
        Assert.Null(Recist.Assess([0, 1], [8, 9.6]).ProgressionTime);
        Assert.Null(Recist.Assess([0, 1], [8, 9.6], murine with { Increase = 0.25 }).ProgressionTime);
    }

    [Fact]
    public void ClearedTumour_IsNoProgression_WhateverTheAbsoluteRise()
    {
        RecistResult result = Recist.Assess([0, 1, 2, 3], [40, 0, 0, 0], new RecistRules(0.2, 0));
        Assert.Equal([RecistResponse.Complete, RecistResponse.Complete, RecistResponse.Complete], result.Visits);
        Assert.Null(result.ProgressionTime);
    }

    [Fact]
    public void Disappearance_IsComplete_AndRegrowthProgression()
    {
        RecistResult result = Recist.Assess([0, 1, 2, 3], [40, 0, 4, 5]);
        Assert.Equal(RecistResponse.Complete, result.Best);
        Assert.Equal(RecistResponse.Partial, result.Visits[1]);
        Assert.Equal(3, result.ProgressionTime);
    }

    [Fact]
    public void ThirtyPercentExactly_IsPartial_DespiteRounding()
    {
        foreach (double baseline in (double[])[0.1, 0.3, 1.1, 33.3, 71.7])
        {
            Assert.Equal(RecistResponse.Partial, Recist.Assess([0, 1], [baseline, baseline - baseline * 0.3]).Best);
        }
    }

    [Fact]
    public void BaselineAlone_IsNotEvaluable()
    {
        RecistResult result = Recist.Assess([0], [40]);
        Assert.Equal(RecistResponse.NotEvaluable, result.Best);
        Assert.True(double.IsNaN(result.BestChange));
        Assert.Null(result.ProgressionTime);
    }

    [Fact]
    public void BadSeries_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Recist.Assess([], []));
        Assert.Throws<ArgumentException>(() => Recist.Assess([0, 1], [3]));
        Assert.Throws<ArgumentException>(() => Recist.Assess([0, 0], [3, 3]));
        Assert.Throws<ArgumentException>(() => Recist.Assess([0, 1], [0, 3]));
        Assert.Throws<ArgumentException>(() => Recist.Assess([0, 1], [3, double.NaN]));
    }
}
