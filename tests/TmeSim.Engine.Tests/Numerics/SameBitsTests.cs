using TmeSim.Engine.Immune;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine.Tests.Numerics;

/// <summary>
/// Fingerprints of dense samples, the same on every x86-64 machine. Seen equal with AVX-512, without it, without AVX2 and FMA, and without
/// any hardware intrinsics (DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0, DOTNET_EnableHWIntrinsic=0).
/// </summary>
public class SameBitsTests
{
    [Fact]
    public void ElementaryFunctions()
    {
        var hasher = default(StateHasher);
        for (int i = 1; i < 20_000; i++)
        {
            double x = i * 0.0137;
            hasher.Add(DetMath.Exp(x));
            hasher.Add(DetMath.Exp(-x));
            hasher.Add(DetMath.Log(x));
            hasher.Add(DetMath.Pow(x, 2.7 - x));
            hasher.Add(DetMath.Expm1Neg(x * 1e-3));
            hasher.Add(DetMath.Hill(x, 50, 3.5));
            float f = (float)x;
            hasher.Add<float>([DetMath.Exp(-f), DetMath.Log(f), DetMath.Pow(f, 1.3f), DetMath.Probability(f * 0.01f), DetMath.Hill(f, 50f, 2f)]);
        }

        Assert.Equal("0ece47027add7338aedc6bdf3b3dd28e", hasher.Finish());
    }

    [Fact]
    public void DrawsAndBinding()
    {
        var hasher = default(StateHasher);
        var stream = new PhiloxStream(RandomKey.Create(1, 2, 3), 4, 5, 6);
        for (int i = 0; i < 5000; i++)
        {
            hasher.Add(stream.NextNormal());
            hasher.Add(ExponentialDraw.Of(stream.Next()));
            hasher.Add((long)Draws.Poisson(i * 0.05, ref stream));
            hasher.Add(CheckpointBinding.Bonds(i, 400 * stream.NextDouble(), 24.6));
            hasher.Add<float>([CheckpointBinding.Bonds(i, 400 * Draws.Uniform(stream.Next()), 24.6f)]);
        }

        Assert.Equal("6efab5adce00a69f5a2141a5ae21315e", hasher.Finish());
    }

    [Fact]
    public void Pharmacokinetics()
    {
        var hasher = default(StateHasher);
        var pk = new TwoCompartmentPk(new TwoCompartmentPlan(0.2, 3.28, 0.546, 3.63, 1));
        PkState state = default;
        for (int i = 0; i < 2000; i++)
        {
            pk.Dose(ref state, i % 84 == 0 ? 1200 : 0);
            pk.Advance(ref state, 6);
            hasher.Add(pk.ConcentrationMgPerL(state));
            hasher.Add(state.PeripheralMg);
        }

        Assert.Equal("11472c25bec8aa123c22f250b4f64c90", hasher.Finish());
    }
}
