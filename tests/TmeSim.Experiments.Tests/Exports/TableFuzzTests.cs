using TmeSim.Experiments.Exports;
using TmeSim.Scenarios.Tables;

namespace TmeSim.Experiments.Tests.Exports;

/// <summary>Damaged tables end with a message or are read; nothing crashes, hangs or takes memory without bound.</summary>
public sealed class TableFuzzTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    private const long MostBytes = 2L << 30;

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

    private void Mutate(string file, int times)
    {
        using var folder = new TemporaryFolder();
        RunExport.Write(new ExportRequest { RunDirectory = tiny.Outcome.Folder, OutDirectory = folder.Path, Points = true });
        FormatExport.Open(new FormatRequest { Directory = tiny.Outcome.Folder, OutDirectory = folder.Path, Formats = ExportFormats.H5ad | ExportFormats.Parquet }).Write();
        byte[] whole = File.ReadAllBytes(Path.Combine(folder.Path, file));
        int read = 0, refused = 0;
        for (int i = 0; i < times; i++)
        {
            var random = new Random(i);
            string path = Path.Combine(folder.Path, "mutant" + Path.GetExtension(file));
            File.WriteAllBytes(path, Mutant(whole, random));
            (bool good, long bytes) = (false, 0L);
            Task look = Task.Run(() =>
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                good = Look(path);
                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            Assert.True(look.Wait(TimeSpan.FromSeconds(30)), $"mutation {i} of {file} hangs");
            Assert.True(bytes < MostBytes, $"mutation {i} of {file} takes {bytes} bytes");
            (read, refused) = good ? (read + 1, refused) : (read, refused + 1);
        }

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

    private static byte[] Mutant(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];

        // Half of the changes hit the first and last kilobytes, where formats keep their structure.
        int Place() => random.Next(4) switch { 0 => random.Next(Math.Min(4096, bytes.Length)), 1 => bytes.Length - 1 - random.Next(Math.Min(8192, bytes.Length)), _ => random.Next(bytes.Length) };
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                int from = Place(), length = Math.Min(random.Next(1, 200), bytes.Length - from);
                random.NextBytes(bytes.AsSpan(from, length));
                return bytes;
            default:
                for (int n = random.Next(1, 20); n > 0; n--)
                {
                    bytes[Place()] = (byte)random.Next(256);
                }

                return bytes;
        }
    }
}
