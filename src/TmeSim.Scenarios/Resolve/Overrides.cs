using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Applies the <c>parameters:</c> and <c>mechanisms:</c> blocks of a run or of an arm.</summary>
internal static class Overrides
{
    public static ParameterSet Parameters(ParameterSet set, MapValue block)
    {
        foreach ((string key, Value value) in block.Ordered)
        {
            set = set.With(ParameterTable.Find(key)!.Value, ((ScalarValue)value).Number);
        }

        return set;
    }

    public static MechanismSet Mechanisms(MechanismSet set, MapValue block)
    {
        foreach ((string key, Value value) in block.Ordered)
        {
            set = set.With(MechanismTable.Find(key)!.Value, ((ScalarValue)value).Text == "on");
        }

        return set;
    }
}
