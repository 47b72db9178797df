using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Tests.Plan;

public class DrugTargetsTests
{
    [Fact]
    public void EveryTarget_HasAPlaceAndAName()
    {
        DrugTarget[] all = Enum.GetValues<DrugTarget>();
        Assert.Equal(DrugTargets.Count, all.Length);
        Assert.Equal(all.Select(t => (DrugTarget?)t), all.Select(t => DrugTargets.Find(DrugTargets.Key(t))));
        Assert.Null(DrugTargets.Find("pdl3"));
    }
}
