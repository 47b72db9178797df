namespace TmeSim.Reports.Layout;

/// <summary>How the labels below an axis are set so that none touches its neighbour.</summary>
/// <param name="Lines">Lines of each label; empty for one that is left out.</param>
/// <param name="Vertical">Labels read upwards.</param>
/// <param name="Height">Room below the axis line [px].</param>
internal sealed record TickLabels(IReadOnlyList<IReadOnlyList<string>> Lines, bool Vertical, double Height)
{
    private const double Space = 8;
    private const double LongestVertical = 150;
    private static readonly double Size = LayoutStyle.TickSize;

    /// <summary>Numbers stay on one line, every second, third … left out when crowded; names are wrapped, else turned.</summary>
    public static TickLabels Create(AxisMap axis, double length)
    {
        double[] at = [.. axis.Ticks.Select(tick => axis.Fraction(tick) * length)];
        if (axis.Axis.Categories is null)
        {
            int stride = 1;
            while (stride < axis.Labels.Count && !Fits(axis.Labels, at, stride))
            {
                stride++;
            }

            return new TickLabels([.. axis.Labels.Select((label, i) => Kept(i, stride, label))], false, LayoutStyle.Line(Size));
        }

        double slot = length / Math.Max(1, axis.Labels.Count);
        IReadOnlyList<string>[] wrapped = [.. axis.Labels.Select(label => TextWrap.Lines(label, slot - Space, Size, maxLines: 3))];
        if (NamesFit(axis.Labels, length))
        {
            return new TickLabels(wrapped, false, wrapped.Select(lines => lines.Count).DefaultIfEmpty(0).Max() * LayoutStyle.Line(Size));
        }

        int every = (int)Math.Ceiling(LayoutStyle.Line(Size) / slot);
        string[] cut = [.. axis.Labels.Select(label => TextWrap.Ellipsis(label, LongestVertical, Size))];
        return new TickLabels([.. cut.Select((label, i) => Kept(i, every, label))], true, cut.Max(label => TextMetrics.Width(label, Size)) + 2);
    }

    /// <summary>Names fit below an axis of a length [px] in lines of whole words.</summary>
    public static bool NamesFit(IReadOnlyList<string> names, double length)
    {
        double slot = length / Math.Max(1, names.Count);
        return slot >= 48 && WordsFit(names, slot - Space) && names.All(name => !TextWrap.Lines(name, slot - Space, Size, maxLines: 3)[^1].EndsWith('…'));
    }

    private static bool WordsFit(IReadOnlyList<string> labels, double width) =>
        labels.All(label => label.Split(' ').All(word => TextMetrics.Width(word, Size) <= width));

    private static IReadOnlyList<string> Kept(int index, int stride, string label) => index % stride == 0 ? [label] : [];

    private static bool Fits(IReadOnlyList<string> labels, double[] at, int stride)
    {
        for (int i = stride; i < at.Length; i += stride)
        {
            double halves = (TextMetrics.Width(labels[i], Size) + TextMetrics.Width(labels[i - stride], Size)) / 2;
            if (at[i] - at[i - stride] < halves + Space)
            {
                return false;
            }
        }

        return true;
    }
}
