using System.Runtime.InteropServices;
using TmeSim.Engine.Numerics;
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
    private const int MostVisits = 1 << 20;
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

    internal void Transfer(StateTransfer transfer)
    {
        CollectionsMarshal.SetCount(_visits, transfer.Count(_visits.Count, MostVisits));
        transfer.Values(CollectionsMarshal.AsSpan(_visits));
        Course = new ResponseCourse(transfer.Value(Course.BaselineMm))
        {
            NadirMm = transfer.Value(Course.NadirMm),
            Last = transfer.Value(Course.Last),
            Best = transfer.Value(Course.Best),
            SmallestMm = transfer.Value(Course.SmallestMm),
            ResponseTime = transfer.Value(Course.ResponseTime),
            ProgressionTime = transfer.Value(Course.ProgressionTime),
        };
    }

    internal void Hash(ref StateHasher hasher)
    {
        hasher.Add<double>([Course.BaselineMm, Course.NadirMm, Defined(Course.SmallestMm), Defined(Course.ResponseTime), Defined(Course.ProgressionTime)]);
        hasher.Add(((ulong)Course.Last << 8) | (ulong)Course.Best);
        hasher.Add<ResponseVisit>(CollectionsMarshal.AsSpan(_visits));
    }

    internal void CopyFrom(ResponseMonitor other)
    {
        _visits.Clear();
        _visits.AddRange(other._visits);
        Course = other.Course;
    }

    // NaN has several bit patterns.
    private static double Defined(double value) => double.IsNaN(value) ? -1 : value;
}
