using System.Globalization;
using System.Text;

namespace TmeSim.Reports.Html;

/// <summary>Draws an <see cref="IntervalPicture"/> as SVG; colours come from the style of the page, so that they follow screen and
/// print.</summary>
internal static class HtmlInterval
{
    private const double Width = 252, Left = 10, Right = 190, Top = 4, Line = 26, Middle = 15, Mark = 4.5, Letter = 5.6;
    private static readonly double[] Ratios = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

    /// <summary>The picture.</summary>
    /// <param name="picture">What is shown.</param>
    /// <param name="label">The same in words.</param>
    public static string Svg(IntervalPicture picture, string label)
    {
        (double from, double to) = Ends(picture);
        double X(double value) => Left + ((Math.Clamp(Place(picture, value), from, to) - from) / (to - from) * (Right - Left));
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"<svg class=\"claim\" role=\"img\" aria-label=\"{HtmlText.Escape(label)}\" "
                + $"width=\"{(picture.HasAxis ? Width : Right + Left)}\" height=\"{(picture.HasAxis ? 42 : 30)}\">"));
        void Draw(FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
        bool claimed = double.IsFinite(picture.ClaimedLow) || double.IsFinite(picture.ClaimedHigh);
        if (claimed)
        {
            double a = double.IsFinite(picture.ClaimedLow) ? X(picture.ClaimedLow) : Left, b = double.IsFinite(picture.ClaimedHigh)
                ? X(picture.ClaimedHigh) : Right;
            Draw($"<rect class=\"band\" x=\"{a:0.#}\" y=\"{Top}\" width=\"{b - a:0.#}\" height=\"{Line - Top}\"/>");
            foreach (double end in ((double[])[picture.ClaimedLow, picture.ClaimedHigh]).Where(double.IsFinite))
            {
                Draw($"<path class=\"end\" d=\"M{X(end):0.#} {Top}V{Line}\"/>");
            }
        }

        foreach (double limit in picture.Limits)
        {
            Draw($"<path class=\"limit\" d=\"M{X(limit):0.#} {Top}V{Line}\"/>");
        }

        if (picture.HasAxis)
        {
            Axis(picture, from, to, X, text);
        }

        string kind = picture.Meaning.ToString().ToLowerInvariant();
        if (double.IsFinite(picture.Low) && double.IsFinite(picture.High))
        {
            double a = X(picture.Low), b = X(picture.High);
            Draw($"<path class=\"bar {kind}\" d=\"M{a:0.#} {Middle}H{b:0.#}M{a:0.#} {Middle - 4}v8M{b:0.#} {Middle - 4}v8\"/>");
        }

        if (double.IsFinite(picture.Value))
        {
            double x = X(picture.Value);
            text.Append(picture.Meaning switch
            {
                PointMeaning.Agrees => string.Create(CultureInfo.InvariantCulture,
                    $"<circle class=\"mark agrees\" cx=\"{x:0.#}\" cy=\"{Middle}\" r=\"{Mark}\"/>"),
                PointMeaning.Disagrees => string.Create(CultureInfo.InvariantCulture,
                    $"<path class=\"mark disagrees\" d=\"M{x - Mark - 1:0.#} {Middle}l{Mark + 1} {-Mark - 1}l{Mark + 1} "
                        + $"{Mark + 1}l{-Mark - 1} {Mark + 1}z\"/>"),
                _ => string.Create(CultureInfo.InvariantCulture,
                    $"<rect class=\"mark open\" x=\"{x - Mark + 0.5:0.#}\" y=\"{Middle - Mark + 0.5}\" width=\"{2 * Mark - 1}\" "
                        + $"height=\"{2 * Mark - 1}\"/>"),
            });
        }

        return text.Append("</svg>").ToString();
    }

    private static void Axis(IntervalPicture picture, double from, double to, Func<double, double> x, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Line}H{Right}\"/>");
        double taken = double.NegativeInfinity;
        foreach ((double value, string name) in Ticks(picture, from, to))
        {
            // Neighbours that would touch are left out.
            double at = x(value), half = Letter * name.Length / 2;
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{at:0.#} {Line}v3\"/>");
            if (at - half > Math.Max(taken + 4, 0) && at + half < Right + Left)
            {
                text.Append(CultureInfo.InvariantCulture, $"<text x=\"{at:0.#}\" y=\"{Line + 14}\" text-anchor=\"middle\">{name}</text>");
                taken = at + half;
            }
        }

        if (picture.Unit.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"<text class=\"unit\" x=\"{Right + 8}\" y=\"{Line + 3}\">{HtmlText.Escape(picture.Unit)}</text>");
        }
    }

    private static double Place(IntervalPicture picture, double value) => picture.Scale == PictureScale.Ratio
        ? Math.Log(Math.Max(value, 1e-3)) : value;

    private static (double From, double To) Ends(IntervalPicture picture)
    {
        double[] shown = [.. ((double[])[picture.Value, picture.Low, picture.High, picture.ClaimedLow, picture.ClaimedHigh,
            .. picture.Limits])
            .Where(v => double.IsFinite(v) && (picture.Scale != PictureScale.Ratio || v > 0)).Select(v => Place(picture, v))];
        double low = shown.DefaultIfEmpty(0).Min(), high = shown.DefaultIfEmpty(1).Max(), room = high > low ? 0.1 * (high - low)
            : Math.Max(0.1, Math.Abs(high));

        // A side that is claimed without end is seen to go on.
        return (picture.Floor ?? low - ((double.IsInfinity(picture.ClaimedLow) ? 2 : 1) * room),
            picture.Ceiling ?? high + ((double.IsInfinity(picture.ClaimedHigh) ? 2 : 1) * room));
    }

    private static IEnumerable<(double Value, string Name)> Ticks(IntervalPicture picture, double from, double to)
    {
        bool ratio = picture.Scale != PictureScale.Linear;
        double[] whole = [.. Ratios.Where(r => Math.Log(r) >= from && Math.Log(r) <= to)];
        if (ratio && whole.Length >= 2)
        {
            return whole.Select(r => (picture.Scale == PictureScale.Ratio ? r : Math.Log(r), Number(r, 2)));
        }

        // Within a factor of two ratios are as good as even.
        double a = ratio ? Math.Exp(from) : from, b = ratio ? Math.Exp(to) : to, step = Math.Pow(10, Math.Floor(Math.Log10((b - a) / 2)));
        step *= (b - a) / step > 8 ? 5 : (b - a) / step > 4 ? 2 : 1;
        int digits = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        double first = Math.Ceiling(a / step - 1e-9);
        return Enumerable.Range(0, (int)(Math.Floor((b / step) + 1e-9) - first) + 1).Select(i => (first + i) * step)
            .Select(v => (picture.Scale == PictureScale.LogRatio ? Math.Log(v) : v, Number(v, digits)));
    }

    private static string Number(double value, int digits) =>
        (Math.Abs(value) < 1e-12 ? 0 : value).ToString("0." + new string('#', digits), CultureInfo.InvariantCulture).Replace('-', '−');
}
