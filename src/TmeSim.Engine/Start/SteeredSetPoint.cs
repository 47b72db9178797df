using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Start;

/// <summary>
/// A set-point in a burn-in: F = F0 · exp(g · err), ln F0 relaxes to ln F with time τ, err the relative deviation clamped to ±1; its mean
/// over the last days is frozen.
/// </summary>
internal sealed class SteeredSetPoint(SetPoint point, Steering steering, double asked, ParameterSet parameters)
{
    private const double FewCells = 10;
    private readonly Queue<(double Multiplier, double Level)> _days = new();
    private double _slow = 1;
    private double _fast = 1;

    public SetPoint Point { get; } = point;

    // Nothing is asked for: nothing comes.
    private bool IsOff => asked <= 0 && steering.LoweringFrom == 0;

    /// <summary>Keeps the level that the multiplier of the day led to, of the last days of the window.</summary>
    public void EndDay(Baseline now, int windowDays)
    {
        _days.Enqueue((_fast, Point.Reached(now)));
        if (_days.Count > windowDays)
        {
            _days.Dequeue();
        }
    }

    /// <summary>What it has seen so far.</summary>
    public void Visit(StateVisitor visitor, int maxDays)
    {
        (_slow, _fast) = (visitor.Aside(_slow), visitor.Aside(_fast));
        (double Multiplier, double Level)[] days = [.. _days];
        Array.Resize(ref days, visitor.Count(days.Length, maxDays));
        _days.Clear();
        foreach ((double multiplier, double level) in days)
        {
            _days.Enqueue((visitor.Aside(multiplier), visitor.Aside(level)));
        }
    }

    /// <summary>The multiplier for the next day.</summary>
    public double Steer(Baseline now)
    {
        double missing = Missing(Point.Reached(now));
        if (IsOff)
        {
            return _fast = 0;
        }

        if (double.IsFinite(missing))
        {
            // How far the deviation of a count can be trusted.
            double cells = asked * now.BedSites * now.SiteAreaMm2;
            double weight = steering.Counted ? cells / (cells + FewCells) : 1;

            // The slow part moves in its logarithm: in plain numbers chance would push it up, as exp is convex.
            double move = parameters[steering.Gain] * Math.Clamp(missing * weight, -1, 1);
            _fast = _slow * DetMath.Exp(move);
            _slow = Math.Clamp(_slow * DetMath.Exp(move / parameters.Time(steering.Time, TimeUnit.Day)), 1e-4, 1e4);
        }

        return _fast;
    }

    /// <summary>
    /// What the window says the multiplier must be: its geometric mean there, moved by what the mean level missed the asked one.
    /// Averaging matters: the last value alone follows the chance of some tens of cells.
    /// </summary>
    public double Settled()
    {
        if (IsOff)
        {
            return 0;
        }

        double logs = 0;
        int n = 0;
        foreach ((double multiplier, double level) in _days)
        {
            if (double.IsFinite(level))
            {
                logs += DetMath.Log(Math.Max(multiplier, 1e-6));
                n++;
            }
        }

        return n == 0 ? _slow : DetMath.Exp(logs / n) * DetMath.Pow(Missed(), steering.Response);
    }

    /// <summary>Asked level over the mean one of the window, within a factor of 2; 1 when nothing was measured.</summary>
    public double Missed()
    {
        double levels = 0;
        int n = 0;
        foreach ((_, double level) in _days)
        {
            if (double.IsFinite(level))
            {
                levels += level;
                n++;
            }
        }

        return levels > 0 ? Math.Clamp(asked / (levels / n), 0.5, 2) : 1;
    }

    private double Missing(double reached) => steering.LoweringFrom > 0
        ? (reached - asked) / Math.Max(asked, steering.LoweringFrom)
        : (asked - reached) / asked;
}
