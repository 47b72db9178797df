using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Clones;

/// <summary>
/// Factors of clone, NEK9 activity and drugs on division at the sites of a chunk, for the dense pass over tumour cells. What does not vary
/// is never filled: a tumour of one intact clone without such a drug takes the plain path.
/// </summary>
internal readonly unsafe struct CloneLanes<TLane>
    where TLane : struct, ILanes<TLane>
{
    private readonly LesionState _lesion;
    private readonly CloneEffects _clones;
    private readonly TargetExposure _nek9;
    private readonly TargetLeft _left, _divides;
    private readonly float* _suppressive, _division, _activity, _deaths, _presents, _responds, _rest;
    private readonly float _apoptosis, _stepHours;
    private readonly bool _local, _slowed;

    /// <summary>Floats of the buffer for chunks of so many sites.</summary>
    public static int Length(int chunk) => 6 * chunk;

    /// <param name="lesion">The lesion.</param>
    /// <param name="clones">Factors by clone.</param>
    /// <param name="nek9">Drug on NEK9.</param>
    /// <param name="slowing">Drug on division.</param>
    /// <param name="apoptosis">Plain hazard of spontaneous loss per step.</param>
    /// <param name="stepHours">Length of the step [h].</param>
    /// <param name="buffer">Of <see cref="Length"/>.</param>
    /// <param name="chunk">Most sites at once.</param>
    public CloneLanes(LesionState lesion, CloneEffects clones, in TargetExposure nek9, in TargetExposure slowing, float apoptosis,
        float stepHours, float* buffer, int chunk)
    {
        (_lesion, _clones, _nek9, _apoptosis, _stepHours) = (lesion, clones, nek9, apoptosis, stepHours);
        _left = new TargetLeft(lesion, nek9);
        _divides = new TargetLeft(lesion, slowing);
        _slowed = !slowing.IsNone;
        _suppressive = clones.HasUninhibited ? lesion.Field(FieldId.Suppressive).Present.Pointer : null;
        _division = buffer;
        _activity = buffer + chunk;
        _deaths = buffer + 2 * chunk;
        _presents = buffer + 3 * chunk;
        _responds = buffer + 4 * chunk;
        _rest = buffer + 5 * chunk;
        _local = !nek9.IsNone && !clones.Growth.IsNone;
        Division = _local || _slowed || !clones.SameCycle;
        Deaths = !clones.SameDeaths;
        Traits = !clones.SameTraits || (clones.PresentationGain != 0 && clones.Lowers(nek9));
        new Span<float>(_division, chunk).Fill(clones.Cycle[0]);
    }

    /// <summary>Cycle factors differ between sites.</summary>
    public bool Division { get; }

    /// <summary>Death hazards differ between clones.</summary>
    public bool Deaths { get; }

    /// <summary>Targets of MHC-I and PD-L1 differ between sites.</summary>
    public bool Traits { get; }

    public TLane DivisionAt(int x) => TLane.Load(_division + x);

    public TLane DeathsAt(int x) => TLane.Load(_deaths + x);

    public TLane PresentsAt(int x) => TLane.Load(_presents + x);

    public TLane RespondsAt(int x) => TLane.Load(_responds + x);

    /// <summary>Fills what varies for the sites from <paramref name="chunk"/> on.</summary>
    public void Fill(int chunk, int sites)
    {
        if (!(Division || Deaths || Traits))
        {
            return;
        }

        ushort* clone = _lesion.CloneIndex.Pointer + chunk;
        if (Division)
        {
            FillDivision(clone, chunk, sites);
        }

        if (Deaths)
        {
            for (int x = 0; x < sites; x++)
            {
                _deaths[x] = _apoptosis * _clones.Apoptosis[clone[x]] + _clones.Nk[clone[x]] * _stepHours;
            }
        }

        if (Traits)
        {
            FillTraits(clone, chunk, sites);
        }
    }

    private void FillDivision(ushort* clone, int chunk, int sites)
    {
        ByClone.Copy(_local ? _clones.Division : _clones.Cycle, clone, _division, sites);
        if (_local)
        {
            FillActivity(clone, chunk, sites);
            for (int x = 0; x < sites; x += TLane.Width)
            {
                TLane.Store(TLane.Load(_division + x) * _clones.Growth.At(TLane.Load(_activity + x)), _division + x);
            }
        }

        if (_clones.HasUninhibited)
        {
            TLane one = TLane.Splat(1);
            ByClone.Copy(_clones.Uninhibited, clone, _activity, sites);
            for (int x = 0; x < sites; x += TLane.Width)
            {
                TLane s = TLane.Load(_suppressive + chunk + x);
                TLane.Store(TLane.Load(_division + x) * (one + TLane.Load(_activity + x) * (s / (one + s))), _division + x);
            }
        }

        if (_slowed)
        {
            for (int x = 0; x < sites; x += TLane.Width)
            {
                TLane.Store(TLane.Load(_division + x) * _divides.At<TLane>(chunk + x), _division + x);
            }
        }
    }

    private void FillTraits(ushort* clone, int chunk, int sites)
    {
        ByClone.Copy(_clones.Responds, clone, _responds, sites);
        ByClone.Copy(_clones.Presents, clone, _presents, sites);
        if (_clones.PresentationGain == 0 || !_clones.Lowers(_nek9))
        {
            return;
        }

        // Activity lost, 0–1, against rest.
        FillActivity(clone, chunk, sites);
        ByClone.Copy(_clones.Nek9, clone, _rest, sites);
        TLane zero = TLane.Splat(0), one = TLane.Splat(1), gain = TLane.Splat(_clones.PresentationGain);
        for (int x = 0; x < sites; x += TLane.Width)
        {
            TLane lost = TLane.Min(one, TLane.Max(zero, TLane.Load(_rest + x) - TLane.Load(_activity + x)));
            TLane.Store(TLane.Load(_presents + x) * (one + gain * lost), _presents + x);
        }
    }

    private void FillActivity(ushort* clone, int chunk, int sites)
    {
        ByClone.Copy(_clones.Nek9, clone, _activity, sites);
        TLane factor = TLane.Splat(_clones.ActivityFactor);
        for (int x = 0; x < sites; x += TLane.Width)
        {
            TLane.Store(TLane.Load(_activity + x) * factor * _left.At<TLane>(chunk + x), _activity + x);
        }
    }
}
