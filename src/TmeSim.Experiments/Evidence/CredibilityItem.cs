using System.Text;

namespace TmeSim.Experiments.Evidence;

/// <summary>Where a statement of an assessment comes from.</summary>
public enum CredibilityStatus : byte
{
    /// <summary>The project, the run folder or the tool itself holds it.</summary>
    Held,

    /// <summary>The user said so.</summary>
    Stated,

    /// <summary>Only the user can say, and did not.</summary>
    NotStated,

    /// <summary>It could be held, and is not.</summary>
    NotHeld,
}

/// <summary>A statement of an assessment.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Status">Where it comes from.</param>
/// <param name="Text">The statement; for what is missing, how to get it.</param>
public sealed record CredibilityItem(string Topic, CredibilityStatus Status, string Text);

/// <summary>A heading of ICH M15 or ASME V&amp;V 40 with what is known under it.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Items">Statements.</param>
public sealed record CredibilitySection(string Heading, IReadOnlyList<CredibilityItem> Items)
{
    /// <summary>A table: heads and rows of words; empty for none.</summary>
    public (IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) Table { get; init; } = ([], []);

    /// <summary>A status in words.</summary>
    public static string Word(CredibilityStatus status) => status switch
    {
        CredibilityStatus.Held => "held",
        CredibilityStatus.Stated => "stated",
        CredibilityStatus.NotStated => "not stated",
        _ => "not held",
    };

    /// <summary>All of it as Markdown.</summary>
    /// <param name="title">Title.</param>
    /// <param name="sections">Sections.</param>
    public static string Markdown(string title, IReadOnlyList<CredibilitySection> sections)
    {
        var text = new StringBuilder().Append("# ").Append(MarkdownText.Of(title)).Append('\n');
        foreach (CredibilitySection section in sections)
        {
            text.Append("\n## ").Append(MarkdownText.Of(section.Heading)).Append("\n\n");
            foreach (CredibilityItem item in section.Items)
            {
                text.Append("- **").Append(MarkdownText.Of(item.Topic)).Append("** (").Append(Word(item.Status)).Append("): ")
                    .Append(MarkdownText.Of(item.Text)).Append('\n');
            }

            if (section.Table.Rows.Count > 0)
            {
                text.Append('\n').Append(Row(section.Table.Columns)).Append(Row([.. section.Table.Columns.Select(_ => "---")]));
                text.Append(string.Concat(section.Table.Rows.Select(Row)));
            }
        }

        return text.ToString();
    }

    private static string Row(IReadOnlyList<string> cells) =>
        $"| {string.Join(" | ", cells.Select(MarkdownText.Of))} |\n";
}
