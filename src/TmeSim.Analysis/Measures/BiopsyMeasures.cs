namespace TmeSim.Analysis.Measures;

/// <summary>Measures of a core needle biopsy.</summary>
public static partial class MeasureTable
{
    private static Measure[] Biopsies =>
    [
        Needle("biopsy_cd8_per_mm2", "/mm2",
            "CD8 T cells per area of tumour bed in a core needle, as cd8_bed_per_mm2 of the whole: a strip of 0.4 mm (3D: a cylinder) at a random angle and place through "
            + "the tumour, of one tile; its angle is the same at all times and in all arms. Empty without living tumour cells in that tile, or without bed in the needle.",
            b => b.Cd8PerMm2, "CD8 in a biopsy", "/mm²"),
        Needle("biopsy_macrophages_per_mm2", "/mm2",
            "Macrophages per area of tumour bed in the core needle of biopsy_cd8_per_mm2, as macrophages_bed_per_mm2 of the whole. Empty where that is.",
            b => b.MacrophagesPerMm2, "Macrophages in a biopsy", "/mm²"),
        Needle("biopsy_cd163_fraction", "1",
            "Share of macrophages of the tumour bed in the core needle of biopsy_cd8_per_mm2 above the CD163 threshold, as cd163_fraction of the whole. Empty without "
            + "living tumour cells in its tile, or without macrophages of the bed in the needle.",
            b => b.Cd163Fraction, "CD163+ macrophages in a biopsy", "fraction"),
        Needle("biopsy_phenotype", "1",
            "Class by the rule of cd8_phenotype from what of core and margin lies in the core needle of biopsy_cd8_per_mm2: 0 desert, 1 excluded, 2 intermediate, "
            + "3 infiltrated. Empty without core or margin in the needle.",
            b => b.Phenotype, "CD8 phenotype of a biopsy", "0 desert – 3 infiltrated"),
        Needle("biopsy_area_mm2", "mm2",
            "Area of tumour bed in the core needle of biopsy_cd8_per_mm2, in 3D of all layers together. Empty without living tumour cells in its tile.",
            b => b.AreaMm2, "Tumour bed in a biopsy", "mm²"),
    ];

    private static Measure Needle(string name, string unit, string text, Func<NeedleSample, double> read, string label, string labelUnit) =>
        new(name, unit, text, r => read(r.Biopsy)) { Pooling = Pooling.OfBiopsy(r => read(r.Biopsy)), Label = label, LabelUnit = labelUnit };
}
