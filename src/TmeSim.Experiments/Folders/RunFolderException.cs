namespace TmeSim.Experiments.Folders;

/// <summary>A run folder that cannot be used; the message says why and what to do.</summary>
public class RunFolderException : Exception
{
    public RunFolderException()
    {
    }

    public RunFolderException(string message)
        : base(message)
    {
    }

    public RunFolderException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
