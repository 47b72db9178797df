using TmeSim.Engine.Cells;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Cells;

public class SiteClaimsTests
{
    /// <summary>More claims than the table has places at first, on few sites and on many.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(100_000)]
    public void Settle_ManyClaims_TheLowestRankWinsEachSite(int sites)
    {
        var claims = new SiteClaims();
        var context = new StepContext(RandomKey.Create(3, 0, 0), 9, 1, default, 1, 1);
        for (int round = 0; round < 2; round++)
        {
            const int cells = 3000;
            int[] to = [.. Enumerable.Range(0, cells).Select(i => (int)(Mix.Hash((ulong)i, (ulong)round) % (ulong)sites) * 16)];
            for (int i = 0; i < cells; i++)
            {
                claims.Claim((ulong)(i + round), i, i, to[i], context, 0);
            }

            var best = Enumerable.Range(0, cells).GroupBy(i => to[i]).Select(g => g.MinBy(i => context.Rank((ulong)(i + round), Purpose.SiteClaim, 0))).ToHashSet();
            Assert.Equal(cells, claims.Count);
            for (int i = 0; i < cells; i++)
            {
                bool won = claims.Settle(i, out int cell, out int target);
                Assert.Equal((best.Contains(i), i, to[i]), (won, cell, target));
            }

            claims.Release();
        }
    }
}
