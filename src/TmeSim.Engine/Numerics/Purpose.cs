namespace TmeSim.Engine.Numerics;

/// <summary>
/// What a random draw is for: the upper half of the fourth Philox counter word. Two draws with the same site or lineage,
/// step and purpose are the same draw, so every use has its own member. Numbers are part of the model: never reuse one.
/// </summary>
internal enum Purpose : uint
{
    /// <summary>Layout of the first cells, by site.</summary>
    Seeding = 1,

    /// <summary>Does anything happen to a tumour cell or hepatocyte this step, by site; one block serves four sites.</summary>
    ParenchymaEvent = 2,

    /// <summary>Which of the competing parenchymal events it is, by site.</summary>
    ParenchymaKind = 3,

    /// <summary>Order in which dividing cells claim their paths, by site (a hash, never a draw).</summary>
    DivisionClaim = 4,

    /// <summary>Which of equally near free sites a division pushes to, by target site (a hash).</summary>
    PushTarget = 5,

    /// <summary>Clearance of dying and necrotic cells and regrowth of hepatocytes, by site.</summary>
    Clearance = 6,

    /// <summary>Number of CD8 T cells that arrive through a vessel, by vessel site.</summary>
    Cd8Influx = 7,

    /// <summary>Properties of an entering CD8 T cell, by lineage.</summary>
    Cd8Birth = 8,

    /// <summary>Hop, direction, permeability and kill of a CD8 T cell, by lineage and sub-step.</summary>
    Cd8Move = 9,

    /// <summary>Which tumour cell in reach is engaged, by lineage and site (a hash).</summary>
    Cd8Engage = 10,

    /// <summary>Death and division of a CD8 T cell, by lineage.</summary>
    Cd8Fate = 11,

    /// <summary>Order in which immune cells claim a site, by lineage (a hash, never a draw).</summary>
    SiteClaim = 12,

    /// <summary>Number of monocytes that arrive through a vessel, by vessel site.</summary>
    MonocyteInflux = 13,

    /// <summary>Properties of an entering macrophage, by lineage.</summary>
    MacrophageBirth = 14,

    /// <summary>Hop and direction of a macrophage, by lineage and sub-step.</summary>
    MacrophageMove = 15,

    /// <summary>Death and phagocytosis of a macrophage, by lineage.</summary>
    MacrophageFate = 16,

    /// <summary>Which tumour cell in reach is phagocytosed, by lineage and site (a hash).</summary>
    MacrophageTarget = 17,

    /// <summary>Loss and sprouting of a vessel, by vessel site.</summary>
    VesselFate = 18,

    /// <summary>Order in which sprouts claim their ground, by parent vessel (a hash).</summary>
    SproutClaim = 19,

    /// <summary>Direction of the cut of a radiation field, by lesion.</summary>
    RadiationField = 30,

    /// <summary>Does a tumour cell survive a fraction, and how often does a doomed one divide, by site and course.</summary>
    RadiationCell = 31,

    /// <summary>Does a CD8 T cell in the field survive a fraction, by lineage and course.</summary>
    RadiationCd8 = 32,

    /// <summary>Whether matrix lets a CD8 T cell engage a tumour cell, by lineage and sub-step.</summary>
    StromaContact = 40,

    /// <summary>Whether a tumour division fails for lack of NEK9, by site.</summary>
    MitoticFailure = 50,

    /// <summary>Which gene a daughter of a tumour division loses, by site of the mother.</summary>
    Mutation = 51,

    /// <summary>Change of state of a CD8 T cell, and the state of its daughter, by lineage.</summary>
    Cd8State = 60,

    /// <summary>Whether a free site closes, and along which line, by site.</summary>
    Collapse = 61,

    /// <summary>Order in which free sites close, by site (a hash, never a draw).</summary>
    CollapseOrder = 62,

    /// <summary>Which gene a tumour cell has lost before the start, by site.</summary>
    StandingLoss = 63,

    /// <summary>Draws of kinds that a library user adds: sixteen for each, from here on.</summary>
    Extension = 1024,
}
