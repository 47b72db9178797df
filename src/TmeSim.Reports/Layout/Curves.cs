using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Turns curves into runs of pixels, broken where a value has no place.</summary>
internal static class Curves
{
    public static IReadOnlyList<IReadOnlyList<Pixel>> Pieces(PanelLayout panel, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var pieces = new List<IReadOnlyList<Pixel>>();
        var piece = new List<Pixel>();
        for (int i = 0; i < Math.Min(x.Count, y.Count); i++)
        {
            Pixel at = panel.At(x[i], y[i]);
            if (double.IsNaN(at.X) || double.IsNaN(at.Y))
            {
                Close(pieces, ref piece);
            }
            else
            {
                piece.Add(at);
            }
        }

        Close(pieces, ref piece);
        return pieces;
    }

    public static IReadOnlyList<IReadOnlyList<Pixel>> Steps(PanelLayout panel, IReadOnlyList<double> x, IReadOnlyList<double> y) =>
        [.. Pieces(panel, x, y).Select(Stairs)];

    public static IReadOnlyList<IReadOnlyList<Pixel>> Band(PanelLayout panel, BandElement band)
    {
        var areas = new List<IReadOnlyList<Pixel>>();
        var low = new List<Pixel>();
        var high = new List<Pixel>();
        int count = Math.Min(band.X.Count, Math.Min(band.Low.Count, band.High.Count));
        for (int i = 0; i <= count; i++)
        {
            Pixel a = i < count ? panel.At(band.X[i], band.Low[i]) : new Pixel(double.NaN, 0);
            Pixel b = i < count ? panel.At(band.X[i], band.High[i]) : a;
            if (!double.IsNaN(a.X + a.Y + b.Y))
            {
                low.Add(a);
                high.Add(b);
            }
            else if (low.Count > 0)
            {
                if (low.Count > 1)
                {
                    areas.Add([.. low, .. Enumerable.Reverse(high)]);
                }

                low.Clear();
                high.Clear();
            }
        }

        return areas;
    }

    private static List<Pixel> Stairs(IReadOnlyList<Pixel> piece)
    {
        var stairs = new List<Pixel> { piece[0] };
        for (int i = 1; i < piece.Count; i++)
        {
            stairs.Add(new Pixel(piece[i].X, piece[i - 1].Y));
            stairs.Add(piece[i]);
        }

        return stairs;
    }

    private static void Close(List<IReadOnlyList<Pixel>> pieces, ref List<Pixel> piece)
    {
        if (piece.Count == 1)
        {
            // A lone value between two gaps stays visible as a short dash.
            Pixel only = piece[0];
            piece = [new Pixel(only.X - 1.5, only.Y), new Pixel(only.X + 1.5, only.Y)];
        }

        if (piece.Count > 0)
        {
            pieces.Add(piece);
            piece = [];
        }
    }
}
