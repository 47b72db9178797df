using TmeSim.Reports.Html;
using TmeSim.Reports.Html.Viewer;
using TmeSim.Reports.Tests.Browser;

namespace TmeSim.Reports.Tests.Html.Viewer;

public class ViewerPackerTests
{
    [Fact]
    public void Pack_PlentyOfRoom_KeepsTheFinestPrecisionAndTheCells()
    {
        PackedViewer packed = ViewerPacker.Pack(ViewerSamples.Viewer, 10_000_000);
        Assert.All(packed.Precisions, precision => Assert.Equal(65_534, precision.Steps));
        Assert.Equal(ViewerSamples.Frames.Count, packed.Frames.Count);
        foreach (PackedFrame frame in packed.Frames)
        {
            ViewerFrame given = ViewerSamples.Frames.Single(f => f.Arm == ViewerSamples.Arms[frame.Arm] && f.Lesion == packed.Lesions[packed.Lattices[frame.Lattice].Lesion].Name && f.TimeDays == frame.TimeDays);
            Assert.Equal(given.Parenchyma, PlaneDecoder.Inflate(frame.Cells[0]));
            Assert.Equal(given.Immune, PlaneDecoder.Inflate(frame.Cells[1]));
            Assert.Equal(given.CloneIndex, PlaneDecoder.Inflate(frame.Cells[2]).Select(c => (ushort)c));
        }
    }

    [Fact]
    public void Pack_LessAndLessRoom_GivesUpPrecisionThenSitesThenTimes()
    {
        int before = -1;
        foreach (long room in (long[])[10_000_000, 200_000, 100_000, 50_000, 20_000, 5_000])
        {
            foreach (int expected in (int[])[0, ViewerSamples.Frames.Count])
            {
                PackedViewer packed = ViewerPacker.Pack(ViewerSamples.Viewer with { ExpectedFrames = expected }, room);
                Assert.True(packed.Levels.Sum() >= before || expected > 0);
                before = expected > 0 ? before : packed.Levels.Sum();
                bool thinned = packed.Frames.Count < ViewerSamples.Frames.Count;
                Assert.True(packed.Frames.Sum(f => f.Characters(packed.Levels)) <= room || packed.Frames.Select(f => f.TimeDays).Distinct().Count() <= 3);
                Assert.True(!thinned || packed.Precisions.All(precision => precision.Every > 1));

                // The first and the last time of every arm stay.
                Assert.All(packed.Frames.GroupBy(f => (f.Arm, f.Lattice)), arm => Assert.Equal((0, arm.Key.Arm == 2 ? 14 : 21), (arm.Min(f => f.TimeDays), arm.Max(f => f.TimeDays))));
            }
        }

        Assert.Equal(3 * (FieldPrecision.Ladder.Count - 1), before);
    }

    [Fact]
    public void Pack_FramesInAnyOrderAndTwice_GivesTheSame()
    {
        TissueViewer mixed = ViewerSamples.Viewer with { Frames = [.. ViewerSamples.Frames.Reverse(), .. ViewerSamples.Frames] };
        Assert.Equal(
            ViewerPacker.Pack(ViewerSamples.Viewer, 1_000_000).Frames.Select(f => (f.Arm, f.Lattice, f.TimeDays)),
            ViewerPacker.Pack(mixed, 1_000_000).Frames.Select(f => (f.Arm, f.Lattice, f.TimeDays)));
    }

    [Fact]
    public void Pack_ArmsOnLatticesOfTheirOwn_AreAllKept_WithOneScale()
    {
        PackedViewer packed = ViewerPacker.Pack(ReplicateSamples.Viewer, 10_000_000);
        Assert.Single(packed.Lesions);
        Assert.Equal([(20, 16), (12, 10)], packed.Lattices.Select(l => (l.First.Nx, l.First.Ny)));
        Assert.Equal([0, 1], packed.Frames.Select(f => f.Lattice).Distinct());
        Assert.Equal(ReplicateSamples.Frames.Max(f => f.Fields[0].Max()), packed.Lesions[0].Ranges[0].High, 1e-6);
    }

    [Fact]
    public void Pack_Replicates_AreKeptAsLongAsNoSiteIsGivenUp()
    {
        Assert.Equal([0, 1, 2], ViewerPacker.Pack(ReplicateSamples.Viewer, 10_000_000).Replicates);
        PackedViewer alone = ViewerPacker.Pack(ReplicateSamples.Viewer with { Frames = ReplicateSamples.Frames.Where(f => f.Replicate == 0) }, 10_000_000);
        long one = alone.Frames.Sum(f => f.Characters(alone.Levels));
        int most = 3;
        foreach (double share in (double[])[4, 2.2, 1.6, 1.1, 0.8, 0.4])
        {
            int read = 0;
            PackedViewer packed = ViewerPacker.Pack(ReplicateSamples.Viewer with { Frames = ReplicateSamples.Frames.Select(f => { read = Math.Max(read, f.Replicate + 1); return f; }) }, (long)(share * one));
            Assert.InRange(packed.Replicates.Count, 1, most);
            most = packed.Replicates.Count;
            Assert.Equal(Enumerable.Range(0, most), packed.Replicates);
            Assert.All(packed.Frames, f => Assert.Contains(f.Replicate, packed.Replicates));
            Assert.True(most == 1 || (packed.Precisions.All(p => p.Every == 1) && packed.Frames.Sum(f => f.Characters(packed.Levels)) <= share * one));

            // Those that cannot be shown are not read to their end.
            Assert.InRange(read, most, Math.Min(3, most + 1));
        }

        Assert.Equal(1, most);
        Assert.Contains("Replicate 0 of 3 with snapshots: this page has no room for more.", HtmlReport.Write(ViewerSamples.Content with { Figures = [], Viewer = ReplicateSamples.Viewer }, 40_000), StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_Marks_ComeBackAtTheirSites()
    {
        PackedViewer packed = ViewerPacker.Pack(ReplicateSamples.Viewer, 10_000_000);
        foreach (PackedFrame frame in packed.Frames)
        {
            ViewerFrame given = ReplicateSamples.Frames.Single(f => f.Arm == ReplicateSamples.Arms[frame.Arm] && f.Replicate == frame.Replicate && f.TimeDays == frame.TimeDays);
            (int Site, double Value)[] back = PlaneDecoder.Spots(frame.Cells[4], 0, 1);
            Assert.Equal(given.Marks[0].Index().Where(m => !float.IsNaN(m.Item)).Select(m => m.Index), back.Select(b => b.Site));
            Assert.All(back, b => Assert.Equal(given.Marks[0][b.Site], b.Value, 0.5001 / 255));
        }
    }

    [Fact]
    public void Pack_FrameThatDoesNotFit_SaysWhy()
    {
        ViewerFrame frame = ViewerSamples.Frames[0];
        Assert.Contains("arm 'x'", Error(frame with { Arm = "x" }), StringComparison.Ordinal);
        Assert.Contains("lesion 'x'", Error(frame with { Lesion = "x" }), StringComparison.Ordinal);
        Assert.Contains("600 values", Error(frame with { Immune = [1] }), StringComparison.Ordinal);
        Assert.Contains("fields", Error(frame with { Fields = [] }), StringComparison.Ordinal);
        Assert.Contains("1 marks", Error(frame with { Marks = [new float[600]] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoFrames_StillMakesAPage()
    {
        string page = HtmlReport.Write(ViewerSamples.Content with { Viewer = ViewerSamples.Viewer with { Frames = [] } });
        Assert.Contains("\"frames\":[]", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(400_000)]
    public void Write_Limit_IsKept(int largest)
    {
        var content = ViewerSamples.Content with { Figures = [], Viewer = ViewerSamples.Viewer };
        Assert.InRange(HtmlReport.Write(content, largest).Length, 1, largest);
    }

    private static string Error(params ViewerFrame[] frames) =>
        Assert.Throws<ArgumentException>(() => ViewerPacker.Pack(ViewerSamples.Viewer with { Frames = frames }, 1_000_000)).Message;
}
