using MathNet.Numerics.Distributions;

namespace TmeSim.Analysis.Tests;

/// <summary>
/// Counts how often intervals hold the true value. Samples come from fixed keys, so a test gives the same answer every time; the false-alarm rate is the probability that keys
/// drawn at random would have failed an interval that keeps what is asked.
/// </summary>
internal sealed class Coverage(string what)
{
    /// <summary>Repetitions of a coverage test.</summary>
    public const int Repetitions = 500;

    /// <summary>False-alarm rate of one assertion.</summary>
    public const double FalseAlarms = 1e-4;

    private int _held;
    private int _all;

    /// <summary>Share of intervals that held the value.</summary>
    public double Share => (double)_held / _all;

    /// <summary>Counts an interval; ends belong to it, up to rounding.</summary>
    public void Add(double low, double high, double truth)
    {
        double slack = 1e-12 * Math.Abs(truth);
        _held += low - slack <= truth && truth <= high + slack ? 1 : 0;
        _all++;
    }

    /// <summary>Counts whether something that is promised came true.</summary>
    public void Add(bool held) => Add(0, 1, held ? 0.5 : 2);

    /// <summary>Fails where the count is improbable for every true coverage from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public void IsBetween(double least, double most)
    {
        int low = Quantile(least, FalseAlarms / 2), high = _all - Quantile(1 - most, FalseAlarms / 2);
        Assert.True(_held >= low && _held <= high, $"{what}: {_held} of {_all} intervals ({Share:P1}) held the value; {low} to {high} were to be expected of a coverage of {least:P0} to {most:P0}");
    }

    // The largest count with a probability of less than alarm below it.
    private int Quantile(double share, double alarm)
    {
        int count = 0;
        for (double below = 0; count < _all; count++)
        {
            below += Binomial.PMF(share, _all, count);
            if (below >= alarm)
            {
                break;
            }
        }

        return count;
    }
}
