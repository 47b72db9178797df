using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Numerics;

/// <summary>Compares with the C library, itself within 1 ulp, so bounds here are one ulp wider than those promised for the result.</summary>
public class DetMathTests
{
    [Fact]
    public void Exp_IsWithinItsBound()
    {
        for (double x = -708; x < 709.7; x += 0.00137)
        {
            AssertUlp(Math.Exp(x), DetMath.Exp(x), 2, x);
        }

        for (double x = -745.1; x < -708; x += 0.01)
        {
            AssertUlp(Math.Exp(x), DetMath.Exp(x), 3, x);
        }

        for (double x = 1e-18; x < 1; x *= 1.01)
        {
            AssertUlp(Math.Exp(x), DetMath.Exp(x), 2, x);
            AssertUlp(Math.Exp(-x), DetMath.Exp(-x), 2, -x);
        }
    }

    [Fact]
    public void Log_IsWithinItsBound()
    {
        for (double x = 5e-324; x < 1e308; x = Math.Max(x * 1.0007, Math.BitIncrement(x)))
        {
            AssertUlp(Math.Log(x), DetMath.Log(x), 2, x);
        }

        for (double e = 1e-16; e < 0.5; e *= 1.01)
        {
            AssertUlp(Math.Log(1 + e), DetMath.Log(1 + e), 2, e);
            AssertUlp(Math.Log(1 - e), DetMath.Log(1 - e), 2, -e);
        }
    }

    [Fact]
    public void Pow_IsWithinItsBound()
    {
        var stream = new PhiloxStream(RandomKey.Create(1, 0, 0), 1, 0, 0);
        for (int i = 0; i < 500_000; i++)
        {
            double x = Math.Exp(40 * (stream.NextDouble() - 0.5));
            double y = (stream.NextDouble() - 0.5) * (i % 3 == 0 ? 3000 : 20);
            double exact = Math.Pow(x, y);
            AssertUlp(exact, DetMath.Pow(x, y), Math.Abs(exact) < 1e-307 ? 3 : 2, x, y);
            x = 1 + 1e-3 * (stream.NextDouble() - 0.5);
            y *= 1000;
            AssertUlp(Math.Pow(x, y), DetMath.Pow(x, y), 2, x, y);
        }

        Assert.Equal(1024, DetMath.Pow(2.0, 10));
        Assert.Equal(5e-324, DetMath.Pow(2.0, -1074));
        Assert.Equal(-27, DetMath.Pow(-3.0, 3));
    }

    [Fact]
    public void Expm1Neg_IsWithinItsBound()
    {
        for (double x = 1e-300; x < 1e-8; x *= 1.5)
        {
            AssertUlp(x - x * x / 2, DetMath.Expm1Neg(x), 2, x);
        }

        for (double x = 1e-8; x < 50; x *= 1.0003)
        {
            AssertUlp((double)ReferenceExpm1Neg(x), DetMath.Expm1Neg(x), 3, x);
        }
    }

    [Fact]
    public void SingleFunctions_AreWithinTheirBounds()
    {
        for (float x = -104.5f; x < 89.5f; x += 0.00113f)
        {
            AssertUlp(Math.Exp((double)x), DetMath.Exp(x), 0.51, x);
        }

        for (float x = float.Epsilon; x < 1e38f; x = MathF.Max(x * 1.0003f, MathF.BitIncrement(x)))
        {
            AssertUlp(Math.Log((double)x), DetMath.Log(x), 0.51, x);
        }

        for (float x = 1e-30f; x < 30; x *= 1.0007f)
        {
            AssertUlp(DetMath.Expm1Neg((double)x), DetMath.Probability(x), 0.51, x);
            for (float y = -9; y < 9; y += 0.37f)
            {
                AssertUlp(Math.Pow(x, y), DetMath.Pow(x, y), 0.6, x);
            }
        }
    }

    [Fact]
    public void SpecialValues_AreThoseOfMath()
    {
        double[] values = [0, -0.0, 1, -1, 0.5, 2, 3, -2, -3, -2.5, 1e300, -1e300, 1e-310, 709.79, -745.2, -746,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, double.MaxValue, double.MinValue];
        foreach (double x in values)
        {
            AssertUlp(Math.Exp(x), DetMath.Exp(x), 1, x);
            AssertUlp(Math.Log(x), DetMath.Log(x), 1, x);
            AssertUlp((float)Math.Exp((float)x), DetMath.Exp((float)x), 1, x);
            AssertUlp((float)Math.Log((float)x), DetMath.Log((float)x), 1, x);
            foreach (double y in values)
            {
                AssertUlp(Math.Pow(x, y), DetMath.Pow(x, y), 2, x, y);
                AssertUlp((float)Math.Pow((float)x, (float)y), DetMath.Pow((float)x, (float)y), 1, x, y);
            }
        }
    }

    [Fact]
    public void Probabilities_StayBetweenZeroAndOne()
    {
        Assert.Equal(0, DetMath.Probability(0));
        Assert.Equal(0, DetMath.Probability(-1));
        Assert.Equal(1, DetMath.Probability(float.PositiveInfinity));
        Assert.True(float.IsNaN(DetMath.Probability(float.NaN)));
        Assert.Equal(0, DetMath.Expm1Neg(-1));
        Assert.Equal(1, DetMath.Expm1Neg(double.PositiveInfinity));
        Assert.True(double.IsNaN(DetMath.Expm1Neg(double.NaN)));
        for (float x = 1e-40f; x < 1e30f; x *= 1.1f)
        {
            Assert.InRange(DetMath.Probability(x), 0f, 1f);
            Assert.True(DetMath.Probability(MathF.BitIncrement(x)) >= DetMath.Probability(x));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3.5)]
    public void Hill_IsHalfAtK_AndFollowsThePower(double n)
    {
        Assert.Equal(0.5, DetMath.Hill(3.0, 3.0, n));
        Assert.Equal(0.5f, DetMath.Hill(3f, 3f, (float)n));
        Assert.Equal(0, DetMath.Hill(-1.0, 3.0, n));
        Assert.Equal(0, DetMath.Hill(0.0, 3.0, n));
        Assert.Equal(1, DetMath.Hill(double.PositiveInfinity, 3.0, n));
        Assert.True(double.IsNaN(DetMath.Hill(double.NaN, 3.0, n)));
        Assert.Equal(1, DetMath.Hill(1e300, 1e-300, n));
        Assert.Equal(0, DetMath.Hill(1e-300, 1e300, n));
        for (double x = 0.01; x < 100; x *= 1.07)
        {
            double expected = Math.Pow(x, n) / (Math.Pow(2, n) + Math.Pow(x, n));
            Assert.Equal(expected, DetMath.Hill(x, 2, n), 1e-15);
            Assert.Equal(expected, DetMath.Hill((float)x, 2f, (float)n), 5e-7);
        }
    }

    // 1 - exp(-x) in decimal by series of x / 2^m and repeated doubling; 28 digits.
    private static decimal ReferenceExpm1Neg(double x)
    {
        int halvings = Math.Max(0, (int)Math.Ceiling(Math.Log2(x / 0.01)));
        decimal r = (decimal)0;
        decimal small = ExactDecimal(x);
        for (int i = 0; i < halvings; i++)
        {
            small /= 2;
        }

        decimal term = 1;
        for (int i = 1; i < 14; i++)
        {
            term *= -small / i;
            r -= term;
        }

        for (int i = 0; i < halvings; i++)
        {
            r = r * (2 - r);
        }

        return r;
    }

    private static decimal ExactDecimal(double x)
    {
        // The cast from double keeps 15 digits only; add the remainder once more.
        decimal head = (decimal)x;
        return head + (decimal)(x - (double)head);
    }

    private static void AssertUlp(double expected, double actual, double bound, double x, double y = 0)
    {
        if (expected.Equals(actual))
        {
            return;
        }

        double ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
        Assert.True(Math.Abs(expected - actual) <= bound * ulp, $"x = {x:R}, y = {y:R}: expected {expected:R}, got {actual:R}");
    }

    private static void AssertUlp(double expected, float actual, double bound, double x, double y = 0)
    {
        float rounded = (float)expected;
        if (rounded.Equals(actual))
        {
            return;
        }

        double ulp = MathF.BitIncrement(MathF.Abs(rounded)) - MathF.Abs(rounded);
        Assert.True(Math.Abs(expected - actual) <= bound * ulp, $"x = {x:R}, y = {y:R}: expected {expected:R}, got {actual:R}");
    }
}
