using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>Names below an axis of categories.</summary>
internal static class CategoryNames
{
    /// <summary>Room between names [px].</summary>
    public const float Space = 8;

    private const float MinSlot = 48;

    /// <summary>Names fit below an axis of a length [px] in lines of whole words.</summary>
    public static bool Fit(IReadOnlyList<string> names, double length)
    {
        double room = (length / Math.Max(1, names.Count)) - Space;
        return names.All(name => TextMetrics.Width(name, PlotStyles.TickSize) <= room) || (room + Space >= MinSlot && names.All(name =>
            name.Split(' ').All(word => TextMetrics.Width(word, PlotStyles.TickSize) <= room)
            && !TextWrap.Lines(name, room, PlotStyles.TickSize, maxLines: 3)[^1].EndsWith('…')));
    }
}
