namespace TmeSim.Engine.State;

/// <summary>Kinds of discrete event.</summary>
public enum EventKind : byte
{
    /// <summary>A dose was started; value = mg.</summary>
    Dose,

    /// <summary>RECIST progression found at a visit; value = sum of scaled diameters [mm].</summary>
    Progression,

    /// <summary>The tumour came near the wall: the arm ends; value = distance [µm].</summary>
    WallReached,

    /// <summary>The last tumour cell of a lesion died.</summary>
    TumorCleared,

    /// <summary>A fraction of radiotherapy was given to a lesion; value = Gy.</summary>
    Fraction,

    /// <summary>A course ended because its condition was met; subject = drug or radiotherapy.</summary>
    CourseEnded,
    /// <summary>A clone was born by mutation; subject = the genes it has lost.</summary>
    CloneBorn,
}

/// <summary>Something that happened once. A value, so that a dose allocates nothing in its step.</summary>
/// <param name="TimeHours">Time after t = 0 [h].</param>
/// <param name="Lesion">Lesion, or empty for the patient.</param>
/// <param name="Subject">Drug name, or empty; the lesion of radiotherapy stands under Lesion.</param>
public readonly record struct SimulationEvent(double TimeHours, EventKind Kind, string Lesion, string Subject, double Value);

/// <summary>A run that cannot go on: names the quantity, the site and the step.</summary>
public sealed class SimulationException : Exception
{
    public SimulationException()
    {
    }

    public SimulationException(string message)
        : base(message)
    {
    }

    public SimulationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
