using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>The distribution of one parameter in the coordinates of its axis.</summary>
internal sealed class PosteriorMarginal
{
    private const int FewestBins = 9;
    private const int MostBins = 40;
    private readonly WeightedSample _sample;
    private readonly double[] _heights;

    public PosteriorMarginal(PosteriorParameter parameter, IReadOnlyList<double>? weights)
    {
        Parameter = parameter;
        _sample = WeightedSample.Of(parameter.Values, weights, Axis.Holds);
        Summary = _sample.Summary();
        (double Value, double Density)[] prior = [.. parameter.Prior.Where(p => Axis.Holds(p.Value) && double.IsFinite(p.Density) && p.Density >= 0).OrderBy(p => p.Value)];
        double[] places = [.. _sample.Values.Concat(prior.Where(p => p.Density > 0).Select(p => p.Value)).Select(Axis.Place)];
        Range = Widened(places);
        int bins = Bins();
        _heights = new double[bins];
        foreach ((double value, double weight) in _sample.Values.Zip(_sample.Weights))
        {
            int bin = Math.Clamp((int)((Axis.Place(value) - Range.Low) / (Range.High - Range.Low) * bins), 0, bins - 1);
            _heights[bin] += weight / ((Range.High - Range.Low) / bins);
        }

        Prior = Normalised(prior);
        Tallest = Math.Max(_heights.Max(), Prior?.Density.Max() ?? 0);
    }

    public PosteriorParameter Parameter { get; }

    public SweepAxis Axis => Parameter.Axis;

    /// <summary>Ends of the axis in its coordinates, with all values and the prior.</summary>
    public (double Low, double High) Range { get; }

    /// <summary>Median and 95 % interval.</summary>
    public Estimate Summary { get; }

    /// <summary>Highest density drawn.</summary>
    public double Tallest { get; }

    /// <summary>The prior with unit area; null without one.</summary>
    public (double[] X, double[] Density)? Prior { get; }

    public Axis PanelAxis => Axis.Words is not null ? Axis.Axis : Axis.Axis with { Min = Axis.At(Range.Low), Max = Axis.At(Range.High), RoundEnds = false };

    /// <summary>Median with interval and unit, or the most frequent word with its share.</summary>
    public string Text
    {
        get
        {
            if (Axis.Words is null || _sample.Values.Length == 0)
            {
                return Summary.Text() + (Axis.Unit is "" or "1" || _sample.Values.Length == 0 ? "" : "\u00A0" + Axis.Unit);
            }

            (int word, double share) = _heights.Index().MaxBy(item => item.Item);
            return $"{Axis.Words[word]}\u00A0{Numbers.Plain(share * 100, 0)}\u00A0%";
        }
    }

    /// <summary>Bars of the histogram.</summary>
    public IEnumerable<Extents> Bars()
    {
        double width = (Range.High - Range.Low) / _heights.Length;
        return _heights.Index().Where(bar => bar.Item > 0).Select(bar => new Extents(Axis.At(Range.Low + (bar.Index * width)), Axis.At(Range.Low + ((bar.Index + 1) * width)), 0, bar.Item));
    }

    private (double Low, double High) Widened(double[] places)
    {
        if (Axis.Words is { } words)
        {
            return (-0.5, Math.Max(1, words.Count) - 0.5);
        }

        (double low, double high) = places.Length == 0 ? (0, 1) : (places.Min(), places.Max());
        double room = high - low > Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9 ? (high - low) * 0.02 : low == 0 || Axis.IsLogScale ? 0.5 : Math.Abs(low) * 0.1;
        return (low - room, high + room);
    }

    // Freedman and Diaconis with the effective size; one bin per word.
    private int Bins()
    {
        if (Axis.Words is { } words)
        {
            return Math.Max(1, words.Count);
        }

        double spread = Axis.Place(_sample.Quantile(0.75)) - Axis.Place(_sample.Quantile(0.25));
        double width = 2 * spread / Math.Cbrt(Math.Max(1, _sample.EffectiveSize));
        return width > 0 ? (int)Math.Clamp((Range.High - Range.Low) / width, FewestBins, MostBins) : FewestBins;
    }

    private (double[] X, double[] Density)? Normalised((double Value, double Density)[] prior)
    {
        double area = prior.Zip(prior.Skip(1), (a, b) => (Axis.Place(b.Value) - Axis.Place(a.Value)) * ((a.Density / 2) + (b.Density / 2))).Sum();
        if (!(area > 0) || double.IsInfinity(area))
        {
            return null;
        }

        // Down to 0 at both ends, or a uniform prior would be a line without sides.
        return ([prior[0].Value, .. prior.Select(p => p.Value), prior[^1].Value], [0, .. prior.Select(p => p.Density / area), 0]);
    }
}
