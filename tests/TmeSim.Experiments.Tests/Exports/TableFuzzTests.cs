using TmeSim.Experiments.Exports;
using TmeSim.Scenarios.Tables;

namespace TmeSim.Experiments.Tests.Exports;

/// <summary>Damaged tables end with a message or are read; nothing crashes, hangs or takes memory without bound.</summary>
public sealed class TableFuzzTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    // The reader of HDF5 asks for as many bytes as a damaged length says, one array at most (2 GiB), before it finds that the file ends. They are
    // never touched, so no memory is taken, and where there is none the answer is a message.
    private const long MostBytes = (2L << 30) + (256 << 20);

    [Theory]
    [InlineData("points.csv")]
    [InlineData("cells.parquet")]
    [InlineData("cells.h5ad")]
    public void SomeMutations_AreAnsweredWithAMessage(string file) => Mutate(file, 200);

    [Theory]
    [Trait("Category", "FullSize")]
    [InlineData("points.csv")]
    [InlineData("cells.parquet")]
    [InlineData("cells.h5ad")]
    public void TenThousandMutations_AreAnsweredWithAMessage(string file) => Mutate(file, 10_000);

    // A reader that believes the count goes over two thousand million members of no bytes.
    [Theory]
    [InlineData(new byte[] { 0xF9, 0xF1, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0 }, "a list says that it has 2147483647 members, which the file cannot hold")]
    [InlineData(new byte[] { 0xFB, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x33, 0 }, "a list says that it has 2147483647 members, which the file cannot hold")]
    [InlineData(new byte[] { 0x18, 0x80, 0x80, 0x80, 0x80, 0x08 }, "a length is out of range")]
    [InlineData(new byte[] { 0x16, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0 }, "a number is too long")]
    [InlineData(new byte[] { 0x1E, 0 }, "a value has a type that there is not")]
    [InlineData(new byte[] { 0x1C }, "its structure is cut short")]
    public void ParquetFooterThatLies_IsRefusedAtOnce(byte[] footer, string message)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "lies.parquet");
        File.WriteAllBytes(path, [.. "PAR1"u8, .. footer, (byte)footer.Length, 0, 0, 0, .. "PAR1"u8]);
        Assert.Contains(message, Assert.Throws<TableFileException>(() => TableFile.Open(path)).Message, StringComparison.Ordinal);
    }

    private void Mutate(string file, int times)
    {
        using var folder = new TemporaryFolder();
        RunExport.Write(new ExportRequest { RunDirectory = tiny.Outcome.Folder, OutDirectory = folder.Path, Points = true });
        FormatExport.Open(new FormatRequest { Directory = tiny.Outcome.Folder, OutDirectory = folder.Path, Formats = ExportFormats.H5ad | ExportFormats.Parquet }).Write();
        byte[] whole = File.ReadAllBytes(Path.Combine(folder.Path, file));
        int read = 0, refused = 0;
        string path = Path.Combine(folder.Path, "mutant" + Path.GetExtension(file));
        Mutator.Each(whole, times, MostBytes, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            (read, refused) = Look(path) ? (read + 1, refused) : (read, refused + 1);
        });
        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused");
    }

    private static bool Look(string path)
    {
        try
        {
            using var table = TableFile.Open(path);
            table.Load(["x_um", "y_um", "oxygen"], ["type", "state"]);
            return true;
        }
        catch (TableFileException e)
        {
            Assert.NotEmpty(e.Message);
            return false;
        }
    }
}
