using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios;

/// <summary>The commented scenario that <c>tmesim new NAME</c> writes.</summary>
public static class ScenarioTemplate
{
    /// <summary>A runnable scenario of this name.</summary>
    /// <param name="name">1 to 200 characters on one line.</param>
    /// <exception cref="ArgumentException">The name is empty, too long or has more than one line.</exception>
    public static string Create(string name)
    {
        string trimmed = name.Trim();
        if (trimmed.Length is 0 or > 200 || trimmed.Any(char.IsControl))
        {
            throw new ArgumentException("a name has 1 to 200 characters on one line", nameof(name));
        }

        return $$"""
            # A TmeSim scenario. Check it with `tmesim validate FILE`, run it with `tmesim run FILE`.
            # Every key, parameter, mechanism and drug is explained by `tmesim explain KEY`; `tmesim explain` lists them.
            # Quantities carry their unit: 20 um, 4 mm, 1 h, 3 weeks, 120 /mm2, 15 mg/kg, 40 %.
            schema: tmesim/1
            name: {{ValueWriter.Quote(trimmed)}}
            preset: clinical                  # clinical (months), lasting (the same, responses can last) or murine (days)
            seed: 42                          # same seed, same bits
            replicates: 4                     # each with its own burn-in; arms of a replicate share it

            time:
              burn_in: 70 d                   # finds the rates that hold the densities asked for below
              duration: 26 weeks              # from t = 0, the first dose
              step: 1 h
              record_every: 1 d
              snapshot_every: 13 weeks

            tissue:
              size: [4 mm, 4 mm]              # a third length makes it 3D
              spacing: 20 um                  # one cell

            lesions:
              - name: primary
                diameter: 45 mm               # clinical size; the nodule below is a piece of it
                tumor: {radius: 0.8 mm, doubling_time: 140 d, antigenicity: 0.6}
                immune: {pattern: inflamed, cd8: 120 /mm2, macrophages: 200 /mm2, cd163_fraction: 0.4}
                vessels: {density: 60 /mm2, maturity: 0.4}
                stroma: {density: 0.2}

            patient: {nlr: 2.4, weight: 70 kg, child_pugh: A}

            # Any number of the library, for the whole run (or inside an arm, from t = 0 on):
            # parameters: {cd8.kill_rate: 0.4 /d}
            # mechanisms: {macrophage.suppression: off}

            arms:
              - name: Control
              - name: Atezolizumab
                therapy:
                  - {drug: atezolizumab, dose: 1200 mg, every: 3 weeks, until: progression}
              - name: Atezo + Bev
                therapy:
                  - {drug: atezolizumab, dose: 1200 mg, every: 3 weeks, until: progression}
                  - {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks, until: progression}

            # What the report shows; without this block a set that fits the arms. Kinds: {{string.Join(", ", FigureTable.Names)}}
            figures:
              - {plot: time_course, measures: [tumor_volume_change, cd8_core_per_mm2]}
              - {plot: tissue, times: [0 d, 6 weeks, 26 weeks], layers: [cells, vessels]}

            """;
    }
}
