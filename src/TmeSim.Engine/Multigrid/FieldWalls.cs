namespace TmeSim.Engine.Multigrid;

/// <summary>What a diffusing species meets at the outer face of the tissue.</summary>
public enum WallKind : byte
{
    /// <summary>No flux: the tissue beyond mirrors the tissue inside.</summary>
    ZeroFlux,

    /// <summary>dc/dn = −c/L: the signal goes on decaying outside. Ghost value c·exp(−h/L).</summary>
    Robin,

    /// <summary>A fixed concentration on the face itself, half a spacing outside the last site centre.</summary>
    Fixed,
}

/// <summary>A wall condition of one face.</summary>
/// <param name="Kind">Which condition.</param>
/// <param name="Value">Concentration on the face for <see cref="WallKind.Fixed"/>, else unused.</param>
/// <param name="LengthUm">Decay length L [µm] for <see cref="WallKind.Robin"/>, positive, else unused.</param>
public readonly record struct FieldWall(WallKind Kind, float Value = 0, float LengthUm = 0)
{
    /// <summary>Nothing passes.</summary>
    public static FieldWall ZeroFlux => new(WallKind.ZeroFlux);

    /// <summary>The signal decays on outside over <paramref name="lengthUm"/> [µm], positive.</summary>
    public static FieldWall Robin(double lengthUm) => new(WallKind.Robin, 0, (float)lengthUm);

    /// <summary>The face holds <paramref name="value"/>, in the unit of the field.</summary>
    public static FieldWall Fixed(double value) => new(WallKind.Fixed, (float)value);
}

/// <summary>Wall conditions of the six faces. Those of axes with one site are ignored.</summary>
public readonly record struct FieldWalls(FieldWall XLow, FieldWall XHigh, FieldWall YLow, FieldWall YHigh, FieldWall ZLow, FieldWall ZHigh)
{
    /// <summary>The same condition on every face.</summary>
    public static FieldWalls All(FieldWall wall) => new(wall, wall, wall, wall, wall, wall);
}
