using System.Runtime.InteropServices;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Patient;

/// <summary>An assessment visit.</summary>
/// <param name="Hours">Time after t = 0 [h].</param>
/// <param name="SumMm">Sum of scaled lesion diameters [mm].</param>
public readonly record struct ResponseVisit(double Hours, double SumMm);

/// <summary>The assessment visits of an arm and the response that follows from them (MODEL.md 7.9); times in hours.</summary>
public sealed class ResponseMonitor
{
    // The longest duration with the shortest interval has 73,000.
    private const int MaxVisits = 1 << 20;
    private readonly List<ResponseVisit> _visits = new(64);

    /// <summary>Visits so far, in order of time.</summary>
    public IReadOnlyList<ResponseVisit> Visits => _visits;

    /// <summary>What follows from them.</summary>
    public ResponseCourse Course { get; private set; }

    /// <summary>A visit has shown progression.</summary>
    public bool HasProgressed => Course.HasProgressed;

    internal void Start(double sumMm)
    {
        _visits.Clear();
        Course = new ResponseCourse(sumMm);
    }

    /// <summary>Books a visit; true when it finds progression for the first time.</summary>
    internal bool Assess(double hours, double sumMm, RecistRules rules)
    {
        bool before = HasProgressed;
        _visits.Add(new ResponseVisit(hours, sumMm));
        Course = Course.After(hours, sumMm, rules);
        return HasProgressed && !before;
    }

    internal void Visit(StateVisitor visitor)
    {
        var course = new ResponseCourse(visitor.Number(Course.BaselineMm))
        {
            NadirMm = visitor.Number(Course.NadirMm),
            SmallestMm = visitor.Number(Course.SmallestMm),
            ResponseTime = visitor.Number(Course.ResponseTime),
            ProgressionTime = visitor.Number(Course.ProgressionTime),
        };
        ulong responses = visitor.Number(((ulong)Course.Last << 8) | (ulong)Course.Best);
        Course = course with { Last = (RecistResponse)(byte)(responses >> 8), Best = (RecistResponse)(byte)responses };
        CollectionsMarshal.SetCount(_visits, visitor.Count(_visits.Count, MaxVisits));
        visitor.Values(CollectionsMarshal.AsSpan(_visits));
    }
}
