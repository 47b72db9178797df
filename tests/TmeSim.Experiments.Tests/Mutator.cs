namespace TmeSim.Experiments.Tests;

/// <summary>Damages files in ways that are the same every time, for tests that nothing crashes, hangs or takes memory without bound.</summary>
internal static class Mutator
{
    /// <summary>Looks at mutants one after the other, each in a thread of its own.</summary>
    /// <param name="whole">Bytes of a good file.</param>
    /// <param name="times">Number of mutants.</param>
    /// <param name="mostBytes">What a look may ask for [bytes].</param>
    /// <param name="look">Takes a mutant, which differs from the good file.</param>
    public static void Each(byte[] whole, int times, long mostBytes, Action<byte[]> look)
    {
        for (int i = 0; i < times; i++)
        {
            byte[] mutant = Mutant(whole, i);
            long bytes = 0;
            Task work = Task.Run(() =>
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                look(mutant);
                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            Assert.True(work.Wait(TimeSpan.FromSeconds(60)), $"mutation {i} hangs");
            Assert.True(bytes <= mostBytes, $"mutation {i} takes {bytes} bytes");
        }
    }

    /// <summary>One to three changes: bytes that are flipped, written over, left out, put in or repeated, or a file that is cut.</summary>
    /// <param name="whole">Bytes of a good file, at least one.</param>
    /// <param name="seed">The same seed gives the same mutant.</param>
    public static byte[] Mutant(byte[] whole, int seed)
    {
        var random = new Random(seed);
        List<byte> bytes = [.. whole];
        for (int n = 1 + random.Next(3); n > 0 && bytes.Count > 0; n--)
        {
            Change(bytes, random);
        }

        if (bytes.Count == whole.Length && bytes.SequenceEqual(whole))
        {
            bytes[Place(bytes, random)] ^= 1;
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        int at = Place(bytes, random), length = Math.Min(bytes.Count - at, 1 + random.Next(random.Next(4) == 0 ? 200 : 40));
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                Enumerable.Range(at, length).ToList().ForEach(i => bytes[i] = (byte)random.Next(256));
                break;
            case 2:
                for (int i = random.Next(1, 20); i > 0; i--)
                {
                    bytes[Place(bytes, random)] = (byte)random.Next(256);
                }

                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)));
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    // Half of the changes hit the first and last kilobytes, where formats keep their structure.
    private static int Place(List<byte> bytes, Random random) => random.Next(4) switch
    {
        0 => random.Next(Math.Min(4096, bytes.Count)),
        1 => bytes.Count - 1 - random.Next(Math.Min(8192, bytes.Count)),
        _ => random.Next(bytes.Count),
    };
}
