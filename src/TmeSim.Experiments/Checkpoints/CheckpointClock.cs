namespace TmeSim.Experiments.Checkpoints;

/// <summary>
/// When the state of a replicate is due: so early that it is whole on disk before the work since the one before it has taken the interval, if
/// its writing and the step before it take no longer than the longest since the last state but one. It counts time that runs, so a clock that is
/// set does not matter.
/// </summary>
/// <param name="policy">How often.</param>
/// <param name="stateBytes">Size of a state, from which the first writing is guessed [bytes].</param>
internal sealed class CheckpointClock(CheckpointPolicy policy, long stateBytes = 0)
{
    /// <summary>Share of the time that keeping states may take where the interval is not given.</summary>
    public const double LargestShare = 0.02;

    private const double GuessedBytesPerSecond = 5e8;
    private readonly TimeProvider _time = policy.Time;
    private double _interval = Interval(policy, stateBytes / GuessedBytesPerSecond);

    // Longest since the last state, and between the two before it.
    private (double Now, double Before) _step, _write = (double.NaN, double.NaN);

    // Instants: of the last state that is whole, of the last one that was tried, of the last step.
    private long _state = policy.Time.GetTimestamp(), _tried = policy.Time.GetTimestamp(), _tick = policy.Time.GetTimestamp();

    /// <summary>Work since the last state [s].</summary>
    public double Seconds => Since(_state);

    /// <summary>What a kill would have repeated at most so far [s].</summary>
    public double AtStake { get; private set; }

    /// <summary>What would be repeated beside the work since the last state: a burn-in that was too short to be kept [s].</summary>
    public double Again { get; set; }

    /// <summary>Longest writing [s]; NaN before the first.</summary>
    public double WriteSeconds => double.IsNaN(_write.Before) ? _write.Now : Math.Max(_write.Now, _write.Before);

    /// <summary>Writing and steps take so long that the interval cannot be kept.</summary>
    public bool IsTooSlow => Ahead < WriteSeconds;

    // Time from the last state to the next one [s].
    private double Ahead => _interval - WriteSeconds - Math.Max(_step.Now, _step.Before) - Again;

    /// <summary>A step is over, with what came after it: a state is due.</summary>
    public bool Tick()
    {
        if (policy.IsOff || double.IsPositiveInfinity(_interval))
        {
            return false;
        }

        _step.Now = Math.Max(_step.Now, Since(_tick));
        _tick = _time.GetTimestamp();

        // How long the first one takes is not known. Where the interval cannot be kept, half of the time goes into work.
        return Since(_tried) >= (double.IsNaN(_write.Now) ? _interval / 2 : IsTooSlow ? 2 * WriteSeconds : Ahead);
    }

    /// <summary>The writing of the state now begins.</summary>
    /// <returns>Its instant.</returns>
    public long Begin() => _tried = _time.GetTimestamp();

    /// <summary>The writing has ended.</summary>
    /// <param name="instant">What <see cref="Begin"/> gave.</param>
    /// <param name="isWhole">The state is on disk.</param>
    /// <returns>Time that it took [s].</returns>
    public double End(long instant, bool isWhole)
    {
        double seconds = Since(instant);
        AtStake = Math.Max(AtStake, Since(_state) + Again);
        if (isWhole)
        {
            (_write, _step) = ((seconds, _write.Now), (0, _step.Now));
            _interval = policy.IsOff ? double.PositiveInfinity : Interval(policy, seconds);
            _state = instant;
        }

        _tick = _time.GetTimestamp();
        return seconds;
    }

    /// <summary>All work up to now is kept otherwise.</summary>
    public void Restart()
    {
        AtStake = Math.Max(AtStake, Since(_state) + Again);
        _state = _tried = _tick = _time.GetTimestamp();
    }

    private static double Interval(CheckpointPolicy policy, double cost) =>
        policy.IsStrict ? policy.EverySeconds : Math.Max(policy.EverySeconds, cost * (1 + (1 / LargestShare)));

    private double Since(long instant) => _time.GetElapsedTime(instant).TotalSeconds;
}
