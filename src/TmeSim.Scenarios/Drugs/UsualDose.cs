using System.Globalization;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Drugs;

/// <summary>A dose far from what is usual for its drug is mostly a wrong unit: 15 mg for 15 mg/kg.</summary>
internal static class UsualDose
{
    /// <summary>Body weight [kg] that an amount without a weight is usual for.</summary>
    private const double AdultKg = 70;

    private const double Far = 10;

    /// <summary>Warns when a dose per body weight is ten times the usual one or more, or a tenth or less. A dose of 0 is meant.</summary>
    public static void Check(ScalarValue dose, double doseMg, MapValue drug, ScalarValue weight, DiagnosticSink sink)
    {
        if (drug.Optional("usual_dose") is not { IsGood: true, Number: > 0 } usual || !dose.IsGood || !weight.IsGood || !(doseMg > 0))
        {
            return;
        }

        double usualMg = (usual.Unit!.Text == "mg/kg" ? usual.Number : usual.Number / AdultKg) * weight.Number, ratio = doseMg / usualMg;
        if (ratio >= Far * (1 - 1e-9) || ratio * Far <= 1 + 1e-9)
        {
            string times = ratio > 1 ? $"{Text(ratio)} times" : $"1/{Text(1 / ratio)} of";
            sink.Warn(
                dose.Mark, dose.Path,
                $"{dose.Text} is {times} the usual dose of {drug.Text("name")} ({usual.Text}, {Text(usualMg)} mg at this body weight); is "
                + "the unit meant?");
        }
    }

    // Two digits say enough of a small number.
    private static string Text(double value) => value.ToString(value >= 10 ? "0" : "G2", CultureInfo.InvariantCulture);
}
