using System.Buffers.Binary;
using System.IO.Compression;
using TmeSim.Reports.Html.Explorer;

namespace TmeSim.Reports.Tests.Html.Explorer;

public class ExplorerColumnTests
{
    [Fact]
    public void Pack_FewDistinctValues_KeepsThemExactlyWithAByteEach()
    {
        double[] values = [0.1, 1e-300, double.NaN, -7.25, 0.1, double.PositiveInfinity];
        var column = ExplorerColumn.Pack(values, 1_000_000);
        Assert.Equal(1, column.Width);
        Assert.Equal([-7.25, 1e-300, 0.1], column.Levels);
        Assert.Equal<byte>([2, 1, 255, 0, 2, 255], Inflate(column));
    }

    [Fact]
    public void Pack_OnlyMissingValuesOrNone_HasNoLevels()
    {
        var missing = ExplorerColumn.Pack([double.NaN, double.NegativeInfinity], 2);
        Assert.Equal([], missing.Levels);
        Assert.Equal<byte>([255, 255], Inflate(missing));
        Assert.Equal<byte>([], Inflate(ExplorerColumn.Pack([], 0)));
    }

    [Theory]
    [InlineData(255, 1)]
    [InlineData(256, 8)]
    public void Pack_AtTheMostLevels_ChangesTheForm(int distinct, int width) =>
        Assert.Equal(width, ExplorerColumn.Pack([.. Enumerable.Range(0, distinct).Select(i => i / 3.0)], distinct).Width);

    [Fact]
    public void Pack_ManyValuesInASmallTable_AreExact()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(i => i == 7 ? double.NaN : Math.Exp(i) - 20)];
        var column = ExplorerColumn.Pack(values, 300);
        byte[] planes = Inflate(column);
        Assert.Null(column.Levels);
        Assert.Equal(values, Enumerable.Range(0, 300).Select(row => BinaryPrimitives.ReadDoubleLittleEndian([.. Enumerable.Range(0, 8).Select(i => planes[(i * 300) + row])])));
    }

    [Fact]
    public void Pack_ManyValuesInALargeTable_KeepTheFloatNearest()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(i => Math.Sqrt(i))];
        var column = ExplorerColumn.Pack(values, 100_000);
        byte[] planes = Inflate(column);
        Assert.Equal(4, column.Width);
        Assert.Equal(values.Select(value => (float)value), Enumerable.Range(0, 300).Select(row => BinaryPrimitives.ReadSingleLittleEndian([.. Enumerable.Range(0, 4).Select(i => planes[(i * 300) + row])])));
    }

    [Theory]
    [InlineData(1e60)]
    [InlineData(-1e-60)]
    public void Pack_AValueThatNoFloatHolds_KeepsDoublesInALargeTable(double odd) =>
        Assert.Equal(8, ExplorerColumn.Pack([odd, .. Enumerable.Range(0, 300).Select(i => Math.Sqrt(i))], 100_000).Width);

    private static byte[] Inflate(ExplorerColumn column)
    {
        using var inflate = new DeflateStream(new MemoryStream(column.Block), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        inflate.CopyTo(bytes);
        return bytes.ToArray();
    }
}
