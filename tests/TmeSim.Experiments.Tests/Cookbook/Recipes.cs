namespace TmeSim.Experiments.Tests.Cookbook;

/// <summary>A scenario file whose figures the cookbook shows.</summary>
/// <param name="Command">Command of the tool that draws them.</param>
/// <param name="File">File, in the folder of scenarios.</param>
/// <param name="Title">Heading over its figures.</param>
/// <param name="Text">What stands below the heading.</param>
/// <param name="Recipes">Its figures, in the order of a report.</param>
internal sealed record RecipeFile(string Command, string File, string Title, string Text, IReadOnlyList<Recipe> Recipes);

/// <summary>How to get one kind of figure.</summary>
/// <param name="Kind">Kind, as in the names of figure files.</param>
/// <param name="Question">What it answers.</param>
/// <param name="When">When a sweep draws it; empty for figures that a scenario asks for.</param>
internal sealed record Recipe(string Kind, string Question, string When = "");

/// <summary>All recipes of the cookbook.</summary>
internal static class Recipes
{
    public static IReadOnlyList<RecipeFile> Files { get; } =
    [
        new(
            "run", "gallery.yaml", "Figures of a run",
            "An entry of `figures:` each. They stand together in [gallery.yaml](../gallery.yaml): four arms, eight replicates.",
            [
                new("time_course", "How do tumour, immune cells and fields go over time in each arm, and how far do replicates scatter?"),
                new("contrast", "Which arm differs from the control, by how much, and is it more than chance?"),
                new("burden", "Where does each arm end, replicate by replicate?"),
                new("waterfall", "How well does each replicate respond at its best, as a trial would report it?"),
                new("spider", "When do replicates shrink, and when do they grow again?"),
                new("swimmer", "How long is each replicate treated, when does it respond and when does it progress?"),
                new("synergy", "Do two drugs together do more than each alone lets expect?"),
                new("phase_plane", "Which way does the tissue go when two of its measures are read together?"),
                new("clones", "Which clones does a therapy select?"),
                new("tissue", "What does the tissue look like, and which cells stand where?"),
                new("field", "Where is oxygen, a cytokine or a drug scarce, and where plentiful?"),
                new("spatial", "Do cells keep together or apart, and over which distances?"),
                new("pharmacokinetics", "How much drug is in the blood, and how much of its target does it hold?"),
            ]),
        new(
            "sweep", "figures/grid.yaml", "Figures of a grid",
            "Two keys, every value of one with every value of the other. A sweep asks for no figures: it draws those that fit its design.",
            [
                new(
                    "bestarm", "Which treatment is ahead where, and where is the lead more than chance?",
                    "two varied keys or more, and an output of which less is better"),
                new("heatmap", "How does an output change over two keys together?", "two varied keys or more"),
                new("effect", "Where does a treatment change the output against the control?", "as `heatmap`, with a control"),
                new(
                    "response", "How does an output change along one key?",
                    "one or two keys; of samples, along each of the three leading keys"),
            ]),
        new(
            "sweep", "figures/sample.yaml", "Figures of a sample",
            "Many keys at once, at points that fill their ranges.",
            [
                new("parallel", "Which combinations of values end well, and which badly?", "all samples; grids and lists of more keys"),
                new("prcc", "Which keys go with an output, the others being equal?", "as many points as keys and eight more"),
                new("tornado", "How far does each key by itself move an output?", "two varied keys or more, not for `morris` and `saltelli`"),
            ]),
        new(
            "sweep", "figures/screening.yaml", "Figures of a screening",
            "Which of many keys matter at all, with few simulations.",
            [new("morris", "Which keys can be left alone, and which act together or bend?", "`method: morris`")]),
        new(
            "sweep", "figures/indices.yaml", "Figures of variance",
            "How much each key explains of the spread of an output.",
            [
                new("sobol", "How much of the variance does a key explain alone, and how much with the others?", "`method: saltelli`"),
                new("convergence", "Were there enough samples for these shares?", "`method: saltelli`, for the first two outputs"),
            ]),
        new(
            "calibrate", "figures/calibration.yaml", "Figures of a calibration",
            "Keys fitted to observations, here to two growth curves.",
            [
                new("posterior", "Which values of the keys agree with the observations, and which go together?", "always"),
                new("targets", "Does what the fit predicts meet the observations?", "always"),
                new("progress", "Did the calibration come to rest?", "always"),
            ]),
    ];
}
