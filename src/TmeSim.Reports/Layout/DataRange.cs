using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>The smallest and largest values of what a panel draws.</summary>
internal sealed class DataRange
{
    private readonly bool _xLog;
    private readonly bool _yLog;
    private double _xLow = double.NaN;
    private double _xHigh = double.NaN;
    private double _yLow = double.NaN;
    private double _yHigh = double.NaN;

    public DataRange(Panel panel)
    {
        _xLog = panel.X.Scale == AxisScale.Log10;
        _yLog = panel.Y.Scale == AxisScale.Log10;
        foreach (PlotElement element in panel.Elements)
        {
            Add(element);
        }
    }

    public (double Low, double High) X => (_xLow, _xHigh);

    public (double Low, double High) Y => (_yLow, _yHigh);

    private void Add(PlotElement element)
    {
        switch (element)
        {
            case LineElement line:
                AddX(line.X);
                AddY(line.Y);
                break;
            case StepElement steps:
                AddX(steps.X);
                AddY(steps.Y);
                break;
            case BandElement band:
                AddX(band.X);
                AddY(band.Low);
                AddY(band.High);
                break;
            case PointElement points:
                AddX(points.X);
                AddY(points.Y);
                AddY(points.ErrorLow ?? []);
                AddY(points.ErrorHigh ?? []);
                AddX(points.XErrorLow ?? []);
                AddX(points.XErrorHigh ?? []);
                break;
            case SwarmElement swarm:
                double[] sides = [swarm.Position - (swarm.Width / 2), swarm.Position + (swarm.Width / 2)];
                AddX(swarm.Horizontal ? swarm.Values : sides);
                AddY(swarm.Horizontal ? sides : swarm.Values);
                break;
            case BarElement bars:
                AddBars(bars);
                break;
            case RuleElement { Horizontal: true } rule:
                AddY([rule.Value]);
                break;
            case RuleElement rule:
                AddX([rule.Value]);
                break;
            case HeatMapElement map:
                AddExtents(map.Extents);
                break;
            case ImageElement image:
                AddExtents(image.Extents);
                break;
            case TileElement tiles:
                foreach (Tile tile in tiles.Tiles)
                {
                    AddExtents(tile.Extents);
                }

                break;
        }
    }

    private void AddBars(BarElement bars)
    {
        IEnumerable<double> ends = [.. bars.Value, .. bars.ErrorLow ?? [], .. bars.ErrorHigh ?? [], bars.Baseline];
        IEnumerable<double> sides = bars.Position.SelectMany(p => new[] { p - (bars.Width / 2), p + (bars.Width / 2) });
        AddX(bars.Horizontal ? ends : sides);
        AddY(bars.Horizontal ? sides : ends);
    }

    private void AddExtents(Extents extents)
    {
        AddX([extents.XMin, extents.XMax]);
        AddY([extents.YMin, extents.YMax]);
    }

    private void AddX(IEnumerable<double> values) => Widen(values, _xLog, ref _xLow, ref _xHigh);

    private void AddY(IEnumerable<double> values) => Widen(values, _yLog, ref _yLow, ref _yHigh);

    private static void Widen(IEnumerable<double> values, bool log, ref double low, ref double high)
    {
        foreach (double value in values)
        {
            if (double.IsFinite(value) && !(log && value <= 0))
            {
                low = double.IsNaN(low) ? value : Math.Min(low, value);
                high = double.IsNaN(high) ? value : Math.Max(high, value);
            }
        }
    }
}
