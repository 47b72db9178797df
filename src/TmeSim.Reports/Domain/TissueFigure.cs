using TmeSim.Engine.State;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>A montage of tissue frames, arms as rows and times as columns, in the colours of <see cref="CellPalette"/>.</summary>
public static class TissueFigure
{
    private const int StromaCode = 5;


    /// <summary>Draws frames of any arms and times; each has its time above it, the first of a row a scale bar.</summary>
    /// <param name="frames">Frames in any order; sizes may differ.</param>
    /// <param name="showVessels">Vessels are drawn, filled in proportion to the highest perfusion of all frames.</param>
    /// <param name="looks">Arms of the run, whose order the rows follow.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">An array does not fit the size of its frame.</exception>
    public static Figure Create(IReadOnlyList<TissueFrame> frames, bool showVessels, ArmLooks looks, FigureOptions options)
    {
        foreach (TissueFrame frame in frames)
        {
            Montage.Check(frame.Width, frame.Height, frame.SpacingUm, ("Parenchyma", frame.Parenchyma.Length), ("Immune", frame.Immune.Length), ("VesselPerfusion", frame.VesselPerfusion.Length));
        }

        float full = frames.SelectMany(frame => frame.VesselPerfusion).Where(float.IsFinite).DefaultIfEmpty(-1).Max();
        Figure figure = Montage.Create(frames, frame => (frame.Arm, frame.TimeDays), (frame, name) => Panel(frame, name, showVessels, full), looks, options, "Tissue", Same);
        string[] arms = [.. frames.Select(frame => frame.Arm).Distinct()];
        return figure with
        {
            Description = $"Tissue sections of {arms.Length} arms ({string.Join(", ", arms)}) at {frames.Select(frame => frame.TimeDays).Distinct().Count()} times.",
            Legend = Legend(frames, showVessels && full >= 0),
            Values = FrameValues.Of(frames),
            Note = (showVessels && full >= 0 ? "Vessels are filled in proportion to their perfusion. " : "") + CellPalette.KupfferNote,
        };
    }

    private static bool Same(TissueFrame a, TissueFrame b) =>
        a.Parenchyma.AsSpan().SequenceEqual(b.Parenchyma) && a.Immune.AsSpan().SequenceEqual(b.Immune) && a.VesselPerfusion.AsSpan().SequenceEqual(b.VesselPerfusion)
        && a.Stroma.AsSpan().SequenceEqual(b.Stroma);

    private static Panel Panel(TissueFrame frame, string name, bool showVessels, float full)
    {
        int scale = TissueRaster.PixelsPerSite(frame.Width, frame.Height);
        byte[] pixels = TissueRaster.Paint(frame, showVessels, full, scale, isHatched: true);
        var extents = new Extents(0, frame.Width * frame.SpacingUm, 0, frame.Height * frame.SpacingUm);
        return Montage.Frame(frame.Width, frame.Height, frame.SpacingUm, name, [new ImageElement(frame.Width * scale, frame.Height * scale, pixels, extents)]);
    }

    private static List<LegendEntry> Legend(IReadOnlyList<TissueFrame> frames, bool vessels)
    {
        bool[] parenchyma = Used(frames);
        var entries = new List<LegendEntry>();
        for (int code = 0; code < CellPalette.Parenchyma.Count; code++)
        {
            if (parenchyma[code])
            {
                entries.Add(new LegendEntry(CellPalette.ParenchymaNames[code]) { Box = CellPalette.Parenchyma[code], Hatch = code == 0 ? new Stroke(TissueRaster.Hatch) : null });
            }
        }

        if (frames.Any(frame => frame.Parenchyma.Index().Any(site => site.Item == StromaCode && frame.StromaStep(site.Index) == 0)))
        {
            entries.Add(new LegendEntry(CellPalette.TrackName) { Box = CellPalette.Track });
        }

        // Immune cells are listed even where none is left: their absence is a finding.
        foreach ((int i, CellCode cell) in CodesOf(frames).Index())
        {
            var disc = new PointStyle(Marker.Circle, CellPalette.Rim, CellPalette.ImmuneColor(i + 1), 10);
            entries.Add(new LegendEntry(cell.Label) { Points = disc });
        }

        if (vessels)
        {
            entries.Add(new LegendEntry("vessel, well perfused") { Points = new PointStyle(Marker.Square, CellPalette.Vessel, CellPalette.Vessel, 10) });
            entries.Add(new LegendEntry("vessel, poorly perfused") { Points = new PointStyle(Marker.Square, CellPalette.Vessel, CellPalette.VesselFill(0.1), 10) });
        }

        return entries;
    }

    /// <summary>The codes of all frames; kinds of the engine are the same in each.</summary>
    internal static IReadOnlyList<CellCode> CodesOf(IReadOnlyList<TissueFrame> frames) =>
        frames.MaxBy(f => f.Codes.Count)?.Codes ?? ImmuneKinds.Codes;

    // Dense stroma is one entry, be it on sites of its own or under cells.
    private static bool[] Used(IReadOnlyList<TissueFrame> frames)
    {
        bool[] used = new bool[CellPalette.Parenchyma.Count];
        foreach (TissueFrame frame in frames)
        {
            for (int site = 0; site < frame.Parenchyma.Length; site++)
            {
                int code = Math.Min(frame.Parenchyma[site], (byte)StromaCode);
                used[code] |= code != StromaCode;
                used[StromaCode] |= frame.StromaStep(site) > 0;
            }
        }

        return used;
    }
}
