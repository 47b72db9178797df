using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Tests.Units;

public class QuantityTests
{
    private static double Read(string text, string unit)
    {
        Assert.True(Quantity.TryRead(text, Unit.Of(unit), out double value, out string error), error);
        return value;
    }

    [Theory]
    [InlineData("20 um", "um", 20)]
    [InlineData("20 µm", "um", 20)]
    [InlineData("20um", "mm", 0.02)]
    [InlineData("4 mm", "um", 4000)]
    [InlineData("3 weeks", "d", 21)]
    [InlineData("12 months", "d", 365.25)]
    [InlineData("1 year", "d", 365.25)]
    [InlineData("90 min", "h", 1.5)]
    [InlineData("15 mg/kg", "mg/kg", 15)]
    [InlineData("0.5 /d", "/d", 0.5)]
    [InlineData("0.5/d", "/h", 0.5 / 24)]
    [InlineData("1/h", "/d", 24)]
    [InlineData("120 /mm2", "/mm2", 120)]
    [InlineData("1e-4 /um2", "/mm2", 100)]
    [InlineData("93 /mm^2", "/mm2", 93)]
    [InlineData("2000 um2/s", "um2/s", 2000)]
    [InlineData("2e-5 cm²/s", "um2/s", 2000)]
    [InlineData("4 mmHg/s", "mmHg/s", 4)]
    [InlineData("145000 Da", "kDa", 145)]
    [InlineData("0.25 uM", "nM", 250)]
    [InlineData("40 %", "1", 0.4)]
    [InlineData("1e-3", "1", 0.001)]
    [InlineData(".5", "1", 0.5)]
    [InlineData("+5.", "1", 5)]
    [InlineData("1e3", "1", 1000)]
    [InlineData("200 mL/d", "L/d", 0.2)]
    [InlineData("20 g", "mg", 20000)]
    [InlineData("8 Gy", "Gy", 8)]
    [InlineData("1.5 um/min", "um/h", 90)]
    public void Text_Read_IsTheValueInTheUnit(string text, string unit, double expected) => Assert.Equal(expected, Read(text, unit), 1e-12 * Math.Abs(expected));

    [Theory]
    [InlineData("70 d", "h", 1680)]
    [InlineData("0.8 mm", "um", 800)]
    [InlineData("26 weeks", "h", 4368)]
    [InlineData("1.2 mm", "um", 1200)]
    public void WholeConversions_Read_AreExact(string text, string unit, double expected) => Assert.Equal(expected, Read(text, unit));

    [Theory]
    [InlineData(".inf", "1", "not a finite number")]
    [InlineData("-.INF", "um", "not a finite number")]
    [InlineData(".NaN", "d", "not a finite number")]
    [InlineData("nan", "d", "not a finite number")]
    [InlineData("1e999", "1", "too large")]
    [InlineData("1e308 m", "um", "too large")]
    [InlineData("1,5 um", "um", "unknown unit ',5 um'")]
    [InlineData("0x10", "1", "unknown unit 'x10'")]
    [InlineData("1 000 um", "um", "unknown unit '000 um'")]
    [InlineData("20 um", "d", "'um' is the wrong kind of unit; accepted: s, min, h, d, weeks, months, years")]
    [InlineData("5 mg", "mg/kg", "'mg' is the wrong kind of unit; accepted: mg/kg, ug/kg")]
    [InlineData("20", "um", "'20' has no unit; write for example '20 um' (accepted: nm, um, mm, cm, m)")]
    [InlineData("um", "um", "'um' is not a quantity; write a number with a unit, for example '1 um'")]
    [InlineData("", "1", "'' is not a number")]
    [InlineData("3 d", "1", "'3 d' has a unit, but a plain number is wanted; write '3'")]
    [InlineData("3 /w2x", "/d", "unknown unit '/w2x'")]
    [InlineData("3 /d", "/mm2", "'/d' is the wrong kind of unit; accepted: /mm2, /um2, /cm2")]
    [InlineData("3 um", "um2/s", "accepted: um2/s, um2/min, um2/h, um2/d")]
    public void WrongText_Read_SaysWhatToWrite(string text, string unit, string message)
    {
        Assert.False(Quantity.TryRead(text, Unit.Of(unit), out _, out string error));
        Assert.Contains(message, error);
    }

    [Fact]
    public void CanonicalText_ReadBack_HasTheSameBits()
    {
        Random random = new(7);
        string[] units = ["um", "/mm2", "um2/s", "mg/kg", "1", "d", "nM", "mmHg/s"];
        for (int i = 0; i < 2000; i++)
        {
            Unit unit = Unit.Of(units[i % units.Length]);
            double value = Math.Pow(10, (random.NextDouble() * 40) - 20) * (random.NextDouble() - 0.5);

            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Read(Quantity.Format(value, unit), unit.Text)));
        }
    }

    [Fact]
    public void Units_OfTheEngine_ConvertToThemselvesExactly() => Assert.All(ParameterLibrary.All, p =>
        Assert.Equal(p.Value, Unit.Of(p.Unit).Convert(p.Value, Unit.Of(p.Unit))));
}
