using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>
/// The outline of the tumour (tumour, dying and necrotic sites) as closed lines: marching squares at one half on the mask
/// averaged over 5 × 5 sites, so that single gaps and strays do not clutter a map.
/// </summary>
internal static class TumorOutline
{
    private const int Radius = 2;
    private const double Level = 0.5;

    /// <summary>Outlines in µm from the lower left corner, row 0 at the top.</summary>
    public static IReadOnlyList<LineElement> Create(byte[] parenchyma, int width, int height, double spacingUm, Stroke stroke)
    {
        double[] share = Share(parenchyma, width, height);
        var next = new Dictionary<(int X, int Y, bool Right), (int X, int Y, bool Right)>();
        for (int y = -1; y < height; y++)
        {
            for (int x = -1; x < width; x++)
            {
                AddCell(next, share, width, height, x, y);
            }
        }

        var lines = new List<LineElement>();
        foreach ((int X, int Y, bool Right) start in next.Keys.OrderBy(edge => edge.Y).ThenBy(edge => edge.X).ThenBy(edge => edge.Right).ToArray())
        {
            var xs = new List<double>();
            var ys = new List<double>();
            (int X, int Y, bool Right) edge = start;
            while (next.Remove(edge, out (int X, int Y, bool Right) following))
            {
                double here = At(share, width, height, edge.X, edge.Y);
                double there = edge.Right ? At(share, width, height, edge.X + 1, edge.Y) : At(share, width, height, edge.X, edge.Y + 1);
                double part = (Level - here) / (there - here);
                xs.Add((edge.X + 0.5 + (edge.Right ? part : 0)) * spacingUm);
                ys.Add((height - 0.5 - edge.Y - (edge.Right ? 0 : part)) * spacingUm);
                edge = following;
            }

            if (xs.Count > 2)
            {
                lines.Add(new LineElement(xs, ys, stroke) { Closed = true, IsDecoration = true });
            }
        }

        return lines;
    }

    // Walks with the inside on the left. An edge is named by its upper left site and whether it runs to the right or down.
    private static void AddCell(Dictionary<(int X, int Y, bool Right), (int X, int Y, bool Right)> next, double[] share, int width, int height, int x, int y)
    {
        bool a = At(share, width, height, x, y) > Level;
        bool b = At(share, width, height, x + 1, y) > Level;
        bool c = At(share, width, height, x + 1, y + 1) > Level;
        bool d = At(share, width, height, x, y + 1) > Level;
        (int, int, bool) top = (x, y, true);
        (int, int, bool) right = (x + 1, y, false);
        (int, int, bool) bottom = (x, y + 1, true);
        (int, int, bool) left = (x, y, false);
        (int, int, bool)[] edges = [top, right, bottom, left];
        bool[] corners = [a, b, c, d];

        // Going round the cell, every change from outside to inside is joined to the next change back.
        for (int i = 0; i < 4; i++)
        {
            if (!corners[i] && corners[(i + 1) % 4])
            {
                int j = i + 1;
                while (corners[(j + 1) % 4])
                {
                    j++;
                }

                next[edges[i]] = edges[j % 4];
            }
        }
    }

    private static double At(double[] share, int width, int height, int x, int y) =>
        x < 0 || y < 0 || x >= width || y >= height ? 0 : share[(y * width) + x];

    private static double[] Share(byte[] parenchyma, int width, int height)
    {
        double[] share = new double[parenchyma.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int tumor = 0;
                int sites = 0;
                for (int v = Math.Max(0, y - Radius); v <= Math.Min(height - 1, y + Radius); v++)
                {
                    for (int u = Math.Max(0, x - Radius); u <= Math.Min(width - 1, x + Radius); u++)
                    {
                        sites++;
                        tumor += parenchyma[(v * width) + u] >= 2 ? 1 : 0;
                    }
                }

                share[(y * width) + x] = (double)tumor / sites;
            }
        }

        return share;
    }
}
