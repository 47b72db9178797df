using System.Globalization;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;
using TmeSim.Scenarios.Files;

namespace TmeSim.Scenarios.Tables;

/// <summary>
/// Cells of AnnData in HDF5: columns of obs, variables of a dense X by their names, and the axes of obsm/spatial as spatial_x, spatial_y and
/// spatial_z.
/// </summary>
internal sealed class H5adTable : TableFile
{
    private static readonly string[] Axes = ["spatial_x", "spatial_y", "spatial_z"];
    private readonly FileStream _stream;
    private readonly NativeFile _file;
    private readonly string[] _columns, _variables;
    private readonly int _rows, _axes;

    public H5adTable(string path)
    {
        _stream = RegularFile.OpenRead(path);
        try
        {
            _file = H5File.Open(_stream, leaveOpen: true);
            IH5Group obs = _file.Group("/obs");
            _columns = obs.Attribute("column-order").Read<string[]>();
            _rows = Count((long)(ulong)Data(obs.Attribute("_index").Read<string>() is var index ? $"/obs/{index}" : "").Space.Dimensions[0]);
            _variables = _file.LinkExists("/X") && _file.Get("/X") is IH5Dataset && _file.LinkExists("/var")
                ? Strings(Data($"/var/{_file.Group("/var").Attribute("_index").Read<string>()}")) : [];
            _axes = _file.LinkExists("/obsm/spatial") && Data("/obsm/spatial").Space.Dimensions is [_, var axes] ? (int)Math.Min(axes, 3) : 0;
            Names = [.. _columns, .. _variables.Except(_columns), .. Axes.Take(_axes)];
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<string> Names { get; }

    public override TableColumns Load(IReadOnlyCollection<string> numbers, IReadOnlyCollection<string> texts) => Guard("HDF5", () => new TableColumns(
        _rows, numbers.Distinct().ToDictionary(n => n, Numbers), texts.Distinct().ToDictionary(n => n, Texts),
        row => string.Create(CultureInfo.InvariantCulture, $"row {row + 1}")));

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        _stream.Dispose();
        base.Dispose(disposing);
    }

    private IH5Dataset Data(string path)
    {
        IH5Dataset data = _file.Dataset(path);
        ulong size = data.Space.Dimensions.Aggregate(1UL, (all, d) => checked(all * d));

        // Deflate packs a thousand to one at best.
        return size <= (ulong)MostRows * 64 && size <= (ulong)Math.Max(1 << 20, 2048 * _stream.Length) ? data
            : throw new TableFileException($"{path} says that it has {size} values, which the file cannot hold");
    }

    private double[] Numbers(string name)
    {
        if (_columns.Contains(name))
        {
            return _file.Get($"/obs/{name}") is IH5Dataset ? Column($"/obs/{name}", -1)
                : Array.ConvertAll(Texts(name), t => double.TryParse(t, CultureInfo.InvariantCulture, out double v) ? v
                    : t.Length == 0 ? double.NaN : throw new TableFileException($"'{t}' in column '{name}' is no number"));
        }

        int axis = Array.IndexOf(Axes, name), variable = Array.IndexOf(_variables, name);
        return axis >= 0 && axis < _axes ? Column("/obsm/spatial", axis) : variable >= 0 ? Column("/X", variable)
            : throw new TableFileException($"it has no column '{name}'");
    }

    private double[] Column(string path, int column)
    {
        IH5Dataset data = Data(path);
        if (data.Space.Dimensions is not { Length: 1 or 2 } d || d[0] != (ulong)_rows || (d.Length == 2) != (column >= 0) || (d.Length == 2 && d[1] <= (ulong)column))
        {
            throw new TableFileException($"{path} is of another size than obs");
        }

        HyperslabSelection? selection = column < 0 || _rows == 0 ? null : new HyperslabSelection(2, [0, (ulong)column], [(ulong)_rows, 1]);
        double[] values = (data.Type.Class, data.Type.Size, data.Type.Class == H5DataTypeClass.FixedPoint && data.Type.FixedPoint.IsSigned) switch
        {
            (H5DataTypeClass.FloatingPoint, 4, _) => Read<float>(v => v),
            (H5DataTypeClass.FloatingPoint, 8, _) => Read<double>(v => v),
            (H5DataTypeClass.FixedPoint, 1, true) => Read<sbyte>(v => v),
            (H5DataTypeClass.FixedPoint, 1, _) => Read<byte>(v => v),
            (H5DataTypeClass.FixedPoint, 2, true) => Read<short>(v => v),
            (H5DataTypeClass.FixedPoint, 2, _) => Read<ushort>(v => v),
            (H5DataTypeClass.FixedPoint, 4, true) => Read<int>(v => v),
            (H5DataTypeClass.FixedPoint, 4, _) => Read<uint>(v => v),
            (H5DataTypeClass.FixedPoint, 8, true) => Read<long>(v => v),
            (H5DataTypeClass.FixedPoint, 8, _) => Read<ulong>(v => v),
            _ => throw new TableFileException($"{path} holds no numbers"),
        };
        return values.Length == _rows ? values : throw new TableFileException($"{path} is of another size than obs");

        double[] Read<T>(Converter<T, double> convert)
            where T : unmanaged => Array.ConvertAll(data.Read<T[]>(fileSelection: selection), convert);
    }

    private string[] Texts(string name)
    {
        if (!_columns.Contains(name))
        {
            throw new TableFileException($"it has no column '{name}' in obs");
        }

        if (_file.Get($"/obs/{name}") is not IH5Group)
        {
            IH5Dataset data = Data($"/obs/{name}");
            string[] words = data.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength ? Strings(data)
                : Array.ConvertAll(Numbers(name), v => double.IsNaN(v) ? "" : v.ToString("R", CultureInfo.InvariantCulture));
            return words.Length == _rows ? words : throw new TableFileException($"column '{name}' is of another size than obs");
        }

        string[] categories = Strings(Data($"/obs/{name}/categories"));
        return Array.ConvertAll(Column($"/obs/{name}/codes", -1), code => code < 0 ? "" : code < categories.Length ? categories[(int)code]
            : throw new TableFileException($"column '{name}' has a code without a category"));
    }

    private static string[] Strings(IH5Dataset data) => data.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength
        ? Array.ConvertAll(data.Read<string[]>(), s => s ?? "")
        : Array.ConvertAll(data.Read<double[]>(), v => v.ToString("R", CultureInfo.InvariantCulture));
}
