using TmeSim.Engine;
using TmeSim.Engine.Cd8;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Macrophages;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Benchmarks;

/// <summary>
/// Motion of CD8 T cells or macrophages as the rules read: cells by their lineage, who stands where in a dictionary, claims sorted. Works
/// on copies, so the lesion stays as it is.
/// </summary>
internal sealed class PlainMotion
{
    private readonly LesionState _lesion;
    private readonly bool _cd8;
    private readonly Purpose _purpose;
    private readonly FieldId _signal;
    private readonly float _beta, _floor, _wallFactor, _speedLiver, _speedTumor, _engagedFactor, _stromaHalf, _stromaHill;
    private readonly ulong[] _id;
    private readonly int[] _target;
    private readonly int[] _site;
    private readonly HashSet<int> _taken = [];
    private readonly List<(int To, ulong Rank, int From, int Cell)> _claims = [];

    /// <param name="scene">Where the cells stand now.</param>
    /// <param name="cd8">CD8 T cells, else macrophages.</param>
    public PlainMotion(KernelScene scene, bool cd8)
    {
        ProcessSetup setup = scene.Setup;
        _lesion = scene.Lesion;
        _cd8 = cd8;
        _purpose = cd8 ? Purpose.Cd8Move : Purpose.MacrophageMove;
        _signal = cd8 ? FieldId.Cxcl : FieldId.Myeloid;
        _beta = (float)setup.Value(cd8 ? Parameter.Cd8Chemotaxis : Parameter.MacrophageChemotaxis);
        _floor = cd8 ? (float)setup.Value(Parameter.CxclFloor) : 0.05f;
        _wallFactor = (float)DetMath.Exp(-_lesion.Shape.SpacingUm / setup.Value(Parameter.WallDecayLength));
        _speedLiver = (float)setup.Value(cd8 ? Parameter.Cd8SpeedLiver : Parameter.MacrophageSpeedLiver);
        _speedTumor = (float)setup.Value(cd8 ? Parameter.Cd8SpeedTumor : Parameter.MacrophageSpeedTumor);
        _engagedFactor = cd8 ? (float)setup.Value(Parameter.Cd8EngagedSpeedFactor) : 1;
        _stromaHalf = (float)setup.Value(Parameter.StromaHalf);
        _stromaHill = (float)setup.Value(Parameter.StromaHill);
        int count = cd8 ? _lesion.Cd8.Count : _lesion.Macrophages.Count;
        _id = (cd8 ? _lesion.Cd8.Id : _lesion.Macrophages.Id).Span.ToArray();
        _target = cd8 ? _lesion.Cd8.Target.Span.ToArray() : new int[count];
        _site = new int[count];
        Reset();
    }

    /// <summary>Sets all cells back to where they stand in the lesion.</summary>
    public void Reset()
    {
        (_cd8 ? _lesion.Cd8.Site : _lesion.Macrophages.Site).Span.CopyTo(_site);
        _taken.Clear();
        _taken.UnionWith(_lesion.Cd8.Site.Span.ToArray());
        _taken.UnionWith(_lesion.Macrophages.Site.Span.ToArray());
    }

    public void SubStep(in StepContext context, uint subStep, double subHours)
    {
        float perSpeed = (float)(subHours / _lesion.Shape.SpacingUm);
        _claims.Clear();
        for (int i = 0; i < _id.Length; i++)
        {
            if (_site[i] == 0)
            {
                continue;
            }

            float speed = (_lesion.ParenchymaCodes[_site[i]] == Parenchyma.Hepatocyte ? _speedLiver : _speedTumor) * (_target[i] != 0 ? _engagedFactor : 1);
            PhiloxBlock block = context.Draw(_id[i], _purpose, subStep);
            if (Draws.Uniform(block.X0) >= speed * perSpeed)
            {
                continue;
            }

            int to = Destination(_site[i], Draws.Uniform(block.X1));
            bool outside = _lesion.ParenchymaCodes[to] == Parenchyma.Wall;
            if (outside || (!_taken.Contains(to) && Admits(to, Draws.Uniform(block.X2))))
            {
                _claims.Add((outside ? 0 : to, context.Rank(_id[i], Purpose.SiteClaim, subStep), _site[i], i));
            }
        }

        _claims.Sort();
        int last = 0;
        foreach ((int to, ulong _, int from, int cell) in _claims)
        {
            if (to == 0 || to != last)
            {
                _taken.Remove(from);
                _site[cell] = last = to;
                if (to != 0)
                {
                    _taken.Add(to);
                }
            }
        }
    }

    /// <summary>After ten-minute sub-steps of this loop and of the engine from the same state every CD8 T cell stands on the same site. Returns the cells that moved.</summary>
    public static int CheckCd8(KernelScene scene, int subSteps)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var engine = new Cd8Motion(scene.Setup);
        var draws = new CellDraws();
        return new PlainMotion(scene, cd8: true).Check(scene, subSteps, 1.0 / 6, sub =>
        {
            Cd8Store cells = scene.Setup.Lesion.Cd8;
            draws.Draw(cells.Id.Values, cells.Count, Purpose.Cd8Move, scene.Context(0), sub);
            engine.SubStep(scene.Context(0), sub, 1.0 / 6, draws);
        });
    }

    /// <summary>After an hour of this loop and of the engine from the same state every macrophage stands on the same site. Returns the cells that moved.</summary>
    public static int CheckMacrophages(KernelScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var engine = new MacrophageMotion(scene.Setup);
        return new PlainMotion(scene, cd8: false).Check(scene, 1, 1, _ => engine.Step(scene.Context(0)));
    }

    private int Check(KernelScene scene, int subSteps, double subHours, Action<uint> engine)
    {
        scene.Restore();
        Reset();
        int[] before = [.. _site];
        for (uint sub = 0; sub < subSteps; sub++)
        {
            SubStep(scene.Context(0), sub, subHours);
            engine(sub);
        }

        (ulong[] id, int[] site, int count) = _cd8
            ? (_lesion.Cd8.Id.Values, _lesion.Cd8.Site.Values, _lesion.Cd8.Count)
            : (_lesion.Macrophages.Id.Values, _lesion.Macrophages.Site.Values, _lesion.Macrophages.Count);
        var places = new Dictionary<ulong, int>();
        for (int i = 0; i < count; i++)
        {
            places[id[i]] = site[i];
        }

        for (int i = 0; i < _id.Length; i++)
        {
            KernelScene.Same($"site of cell {_id[i]:x}", _site[i], places.GetValueOrDefault(_id[i]));
        }

        scene.Restore();
        return _site.Zip(before).Count(pair => pair.First != pair.Second);
    }

    private int Destination(int site, float u)
    {
        TissueField field = _lesion.Field(_signal);
        int[] faces = _lesion.Shape.FaceOffsets;
        Span<float> weights = stackalloc float[6];
        float total = 0;
        for (int j = 0; j < faces.Length; j++)
        {
            int to = site + faces[j];
            float there = _lesion.ParenchymaCodes[to] == Parenchyma.Wall ? field[site] * _wallFactor + _floor : field[to] + _floor;
            weights[j] = _beta == 1 ? there / (field[site] + _floor) : DetMath.Pow(there / (field[site] + _floor), _beta);
            total += weights[j];
        }

        float x = u * total;
        for (int j = 0; j < faces.Length; j++)
        {
            x -= weights[j];
            if (x < 0)
            {
                return site + faces[j];
            }
        }

        return site + faces[^1];
    }

    private bool Admits(int site, float u) =>
        !_cd8 || _lesion.Stroma[site] <= 0 || u * HopGate.Parts < Parts(1 / (1 + DetMath.Pow(_lesion.Stroma[site] / _stromaHalf, _stromaHill)));

    // The engine keeps probabilities in 16 bits.
    private static int Parts(float probability) => (int)(probability * HopGate.Parts + 0.5f);
}
