using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Tests.Folders;

public sealed class OutFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("taken")]
    [InlineData("taken/deep/down")]
    public void FileInTheWay_IsNamed(string path)
    {
        string file = Path.Combine(_folder.Path, "taken");
        File.WriteAllText(file, "");
        string message = Assert.Throws<IOException>(() => OutFolder.Make(Path.Combine(_folder.Path, path))).Message;
        Assert.Equal($"{file} is a file, and a folder is wanted there", message);
        OutFolder.Make(Path.Combine(_folder.Path, "new", "deep"));
        Assert.True(Directory.Exists(Path.Combine(_folder.Path, "new", "deep")));
        Assert.Contains("is a file", Assert.Throws<RunFolderException>(() => AtomicFile.WriteText(Path.Combine(file, "x.csv"), "")).Message, StringComparison.Ordinal);
    }
}
