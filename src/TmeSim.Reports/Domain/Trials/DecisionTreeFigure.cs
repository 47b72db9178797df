using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>
/// A conditional inference tree (Hothorn, Hornik and Zeileis 2006, doi:10.1198/106186006X133933): features with their p values in boxes,
/// thresholds at the branches, and at the ends bars of the share of an outcome; as an indented list where the ends have no room beside
/// each other.
/// </summary>
public static class DecisionTreeFigure
{
    private const double NarrowestSlot = 44;
    private const double WidestSlot = 150;
    private const double WidestBox = 170;
    private const double BarWidth = 34;
    private const double BarHeight = 56;
    private const double Indent = 14;
    private const double WidestList = 420;
    private const double ListBar = 40;
    private const double ListText = 72;
    private static readonly Rgb Share = ArmPalette.Color(1);

    /// <summary>Draws a tree.</summary>
    /// <param name="root">All patients; null draws that there is no tree.</param>
    /// <param name="outcome">What the shares are ("refractory").</param>
    /// <param name="note">How the tree was made; empty for nothing.</param>
    /// <param name="options">Title and layout.</param>
    public static Figure Create(TreeNode? root, string outcome, string note, FigureOptions options)
    {
        (int columns, double width) = options.Grid(1, 1, 860);
        var canvas = new BoxCanvas(width);
        if (root is not null)
        {
            int leaves = root.Leaves.Count();
            if (canvas.Width / leaves >= NarrowestSlot)
            {
                new Layout(canvas, root).Draw();
            }
            else
            {
                List(canvas, root, "", 0, 0);
            }
        }

        return new Figure
        {
            Title = options.TitleOr(Finding(root, outcome)),
            Description = root is null ? "" : TrialText.Note(Words(root, outcome, "")),
            Width = width,
            Columns = columns,
            Panels = [root is null ? ArmLegend.EmptyPanel("", 40) : canvas.Panel()],
            Legend = [new LegendEntry(outcome) { Box = Share }, new LegendEntry("not " + outcome) { Box = Rgb.White }],
            Note = TrialText.Note(
                "At the branches: feature that divides the patients, with its adjusted p value",
                    "Bars: share of all patients at the end of a branch", note),
            Values = new FigureValues(
                ["node", "parent", "branch", "feature", "p", "n", "outcome_n", "share"], root is null ? [] : [.. Rows(root, "1", "", "")]),
        };
    }

    private sealed class Layout(BoxCanvas canvas, TreeNode root)
    {
        private const double BelowBox = 9;
        private const double LabelGap = 2;
        private const double Drop = 12;
        private readonly int _leaves = root.Leaves.Count();
        private int _next;

        private double Slot => Math.Min(WidestSlot, canvas.Width / _leaves);

        private double Left => (canvas.Width - (Slot * _leaves)) / 2;

        private double BoxWidth => Math.Min(WidestBox, (2 * Slot) - 8);

        public void Draw()
        {
            // The height of a level is that of its tallest box, and the ends of all branches stand on one line.
            double[] tops = new double[root.Depth + 1];
            foreach (int level in Enumerable.Range(1, root.Depth))
            {
                TreeSplit[] above = [.. Level(root, level - 1).Select(n => n.Split).OfType<TreeSplit>()];
                double edges = above.SelectMany(s => new[] { s.LowEdge, s.HighEdge }).Max(e => EdgeLines(e).Count) * BoxCanvas.Line;
                tops[level] = tops[level - 1] + above.Max(s => BoxCanvas.HeightOf(BoxLines(s))) + BelowBox + edges + (2 * LabelGap) + Drop;
            }

            Node(root, 0, tops);
        }

        private static IEnumerable<TreeNode> Level(TreeNode node, int level) =>
            level == 0 ? [node] : node.Split is { } split ? Level(split.Low, level - 1).Concat(Level(split.High, level - 1)) : [];

        private IReadOnlyList<string> BoxLines(TreeSplit split) => BoxCanvas.Lines([split.Feature, TrialText.P(split.P)], BoxWidth, 3);

        private IReadOnlyList<string> EdgeLines(string edge) => TextWrap.Lines(edge, Slot - 4, BoxCanvas.TextSize, maxLines: 3);

        // Places the node and all below it, and returns its middle.
        private double Node(TreeNode node, int level, double[] tops)
        {
            if (node.Split is not { } split)
            {
                return Leaf(node, tops[^1]);
            }

            double low = Node(split.Low, level + 1, tops), high = Node(split.High, level + 1, tops), x = (low + high) / 2;
            IReadOnlyList<string> lines = BoxLines(split);
            double height = BoxCanvas.HeightOf(lines), bar = tops[level] + height + BelowBox;
            canvas.Box(x - (BoxWidth / 2), tops[level], BoxWidth, height, lines, centred: true);
            canvas.Path([x, x], [tops[level] + height, bar]);
            canvas.Path([low, high], [bar, bar]);
            foreach ((double at, string edge, TreeNode child) in
                new[] { (low, split.LowEdge, split.Low), (high, split.HighEdge, split.High) })
            {
                IReadOnlyList<string> words = EdgeLines(edge);
                foreach ((int i, string line) in words.Index())
                {
                    canvas.Text(at, bar + LabelGap + (i * BoxCanvas.Line), line, TextAnchor.Middle);
                }

                double bottom = child.Split is null ? tops[^1] : tops[level + 1];
                canvas.Path([at, at], [bar + (2 * LabelGap) + (words.Count * BoxCanvas.Line), bottom]);
            }

            return x;
        }

        private double Leaf(TreeNode node, double top)
        {
            double x = Left + ((_next++ + 0.5) * Slot), width = Math.Min(BarWidth, Slot - 12), left = x - (width / 2);
            if (node.Count > 0)
            {
                double filled = BarHeight * node.Positive / node.Count;
                canvas.Fill(left, top + BarHeight - filled, width, filled, Share);
            }

            canvas.Path([left, left + width, left + width, left], [top, top, top + BarHeight, top + BarHeight], closed: true);
            canvas.Text(x, top + BarHeight + 2, ShareOf(node), TextAnchor.Middle);
            canvas.Text(x, top + BarHeight + 2 + BoxCanvas.Line, $"n\u00A0=\u00A0{TrialText.Count(node.Count)}", TextAnchor.Middle);
            return x;
        }
    }

    // One line per node, indented by its depth; returns where the next one begins.
    private static double List(BoxCanvas canvas, TreeNode node, string edge, int depth, double top)
    {
        double left = Math.Min(depth * Indent, canvas.Width * 0.35), bars = Math.Min(WidestList, canvas.Width) - ListBar - ListText;
        string p = node.Split is { } known ? TrialText.P(known.P) : "";
        string text = node.Split is not { } split ? edge
            : (edge.Length > 0 ? edge + ": " : "") + split.Feature + (p.Length > 0 ? $" ({p})" : "");
        double room = (node.Split is null ? bars : canvas.Width) - left - 6;
        IReadOnlyList<string> lines = TextWrap.Lines(text, room, BoxCanvas.TextSize, maxLines: 3);
        foreach ((int i, string line) in lines.Index())
        {
            canvas.Text(left, top + (i * BoxCanvas.Line), line, TextAnchor.Start);
        }

        double next = top + (lines.Count * BoxCanvas.Line) + 4;
        if (node.Split is null)
        {
            if (node.Count > 0)
            {
                canvas.Fill(bars, top + 1, ListBar * node.Positive / node.Count, BoxCanvas.TextSize, Share);
            }

            double right = bars + ListBar, upper = top + 1, lower = upper + BoxCanvas.TextSize;
            canvas.Path([bars, right, right, bars], [upper, upper, lower, lower], closed: true);
            canvas.Text(right + 4, top, TextWrap.Ellipsis($"{ShareOf(node)} of {TrialText.Count(node.Count)}", ListText - 6,
                BoxCanvas.TextSize), TextAnchor.Start);
            return next;
        }

        // A line down the branch, where its children are indented from.
        double line0 = left + 3;
        double after = List(canvas, node.Split.Low, node.Split.LowEdge, depth + 1, next);
        double end = List(canvas, node.Split.High, node.Split.HighEdge, depth + 1, after);
        if (Math.Min((depth + 1) * Indent, canvas.Width * 0.35) > line0 + 6)
        {
            double middle = BoxCanvas.Line / 2, stub = Math.Min((depth + 1) * Indent, canvas.Width * 0.35) - 3;
            canvas.Path([line0, line0, stub], [next - 3, after + middle, after + middle]);
            canvas.Path([line0, stub], [next + middle, next + middle]);
        }

        return end;
    }

    private static string ShareOf(TreeNode node) => TrialText.Percent(node.Positive, node.Count);

    private static string Finding(TreeNode? root, string outcome)
    {
        TreeNode[] leaves = root is null ? [] : [.. root.Leaves.Where(l => l.Count > 0).OrderBy(l => (double)l.Positive / l.Count)];
        return leaves.Length switch
        {
            0 => $"Tree of patients {outcome}: no data",
            1 => $"No feature divides the patients: {ShareOf(leaves[0])} {outcome}, n\u00A0=\u00A0{TrialText.Count(leaves[0].Count)}",
            _ => $"{ShareOf(leaves[0])} to {ShareOf(leaves[^1])} {outcome} in {leaves.Length} groups of "
                + $"{TrialText.Count(leaves.Sum(l => l.Count))} patients",
        };
    }

    private static IEnumerable<string> Words(TreeNode node, string outcome, string path) => node.Split is { } split
        ? Words(split.Low, outcome, $"{path}{split.Feature} {split.LowEdge}, ")
            .Concat(Words(split.High, outcome, $"{path}{split.Feature} {split.HighEdge}, "))
        : [$"{path}{node.Positive} of {node.Count} {outcome}"];

    private static IEnumerable<IReadOnlyList<FigureValue>> Rows(TreeNode node, string name, string parent, string edge)
    {
        double share = node.Count > 0 ? (double)node.Positive / node.Count : double.NaN;
        yield return (FigureValue[])[name, parent, edge, node.Split?.Feature ?? "", node.Split?.P ?? double.NaN, node.Count,
            node.Positive, share];
        if (node.Split is { } split)
        {
            foreach (IReadOnlyList<FigureValue> row in Rows(split.Low, name + ".1", name, split.LowEdge)
                .Concat(Rows(split.High, name + ".2", name, split.HighEdge)))
            {
                yield return row;
            }
        }
    }
}
