namespace TmeSim.Analysis.Sensitivity;

/// <summary>The terms of the estimators by block, so that a bootstrap sample is a weighted sum of them.</summary>
internal sealed class SobolBlocks
{
    private readonly int _dimensions;

    // Per block: the outputs at A and B less the mean, then for each factor the terms of the first-order and of the total index.
    private readonly double[] _a;
    private readonly double[] _b;
    private readonly double[] _first;
    private readonly double[] _total;

    /// <param name="outputs">Outputs in whole blocks; blocks that are not finite throughout are left out.</param>
    /// <param name="dimensions">Number of factors.</param>
    public SobolBlocks(ReadOnlySpan<double> outputs, int dimensions)
    {
        _dimensions = dimensions;
        int rows = SaltelliDesign.BlockRows(dimensions);
        var kept = new List<int>();
        double scale = 0;
        for (int start = 0; start < outputs.Length; start += rows)
        {
            double largest = 0;
            foreach (double output in outputs.Slice(start, rows))
            {
                largest = double.IsFinite(output) ? Math.Max(largest, Math.Abs(output)) : double.PositiveInfinity;
                if (double.IsInfinity(largest))
                {
                    break;
                }
            }

            if (double.IsFinite(largest))
            {
                kept.Add(start);
                scale = Math.Max(scale, largest);
            }
        }

        // In units of the largest output: squares neither overflow nor vanish, and a constant is told from rounding.
        scale = scale > 0 ? scale : 1;
        Count = kept.Count;
        (_a, _b) = (new double[Count], new double[Count]);
        (_first, _total) = (new double[Count * dimensions], new double[Count * dimensions]);
        double sum = 0, lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        for (int i = 0; i < Count; i++)
        {
            (_a[i], _b[i]) = (outputs[kept[i]] / scale, outputs[kept[i] + rows - 1] / scale);
            sum += _a[i] + _b[i];
            lowest = Math.Min(lowest, Math.Min(_a[i], _b[i]));
            highest = Math.Max(highest, Math.Max(_a[i], _b[i]));
        }

        double mean = sum / (2 * Count), squares = 0;
        for (int i = 0; i < Count; i++)
        {
            double a = _a[i];
            (_a[i], _b[i]) = (a - mean, _b[i] - mean);
            squares += _a[i] * _a[i] + _b[i] * _b[i];
            for (int d = 0; d < dimensions; d++)
            {
                double change = outputs[kept[i] + d + 1] / scale - a;
                _first[i * dimensions + d] = _b[i] * change;
                _total[i * dimensions + d] = 0.5 * change * change;
            }
        }

        Varies = highest - lowest > 1e-15;
        Mean = mean * scale;
        Variance = Varies || Count == 0 ? squares / (2 * Count) * scale * scale : 0;
    }

    /// <summary>Whether the outputs at A and B differ by more than rounding.</summary>
    public bool Varies { get; }

    /// <summary>Blocks used.</summary>
    public int Count { get; }

    /// <summary>Mean over A and B.</summary>
    public double Mean { get; }

    /// <summary>Variance over A and B; 0 where the output does not vary but for rounding.</summary>
    public double Variance { get; }

    /// <summary>Indices of a sample that holds block i weights[i] times; NaN for one without variance.</summary>
    public void Indices(ReadOnlySpan<int> weights, Span<double> first, Span<double> total)
    {
        first.Clear();
        total.Clear();
        double sum = 0, squares = 0;
        int count = 0;
        for (int i = 0; i < Count; i++)
        {
            int weight = weights[i];
            if (weight == 0)
            {
                continue;
            }

            count += weight;
            sum += weight * (_a[i] + _b[i]);
            squares += weight * (_a[i] * _a[i] + _b[i] * _b[i]);
            for (int d = 0; d < _dimensions; d++)
            {
                first[d] += weight * _first[i * _dimensions + d];
                total[d] += weight * _total[i * _dimensions + d];
            }
        }

        double mean = sum / (2 * count), variance = squares / (2 * count) - mean * mean;
        for (int d = 0; d < _dimensions; d++)
        {
            first[d] = variance > 0 ? first[d] / count / variance : double.NaN;
            total[d] = variance > 0 ? total[d] / count / variance : double.NaN;
        }
    }
}
