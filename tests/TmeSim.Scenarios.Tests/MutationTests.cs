using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

/// <summary>Mutated scenarios: whatever the text, the reader answers with diagnostics.</summary>
public class MutationTests
{
    private const int Runs = 10_000;

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", "-", ",", "#", "&a", "*a", "!!str", "\"", "'", "|", ">", "?", "<<: *a", "---", "...", "%", "@", "`", "\t", "\r", "\0",
        "~", "null", ".inf", "-.nan", "1e999", "-1", "0", "1e3", "20 um", "3 weeks", "15 mg/kg", "/mm2", "on", "off", "Control", "progression",
        "lesions", "arms", "parameters", "therapy", "drug", "name", "\ud83d\ude00", "\u2028", "\ufeff", "9999999999999999999999",
    ];

    /// <summary>A text and the mutations made on it, from one seed.</summary>
    private sealed record Mutant(int Seed, string Text);

    [Fact]
    public void MutatedScenarios_TenThousand_NeverThrowAndOftenReachTheSemanticChecks()
    {
        int semantic = 0;
        int total = 0;
        Arbitrary<Mutant> mutants = Gen.Choose(0, int.MaxValue).Select(seed => new Mutant(seed, Mutate(seed))).ToArbitrary();
        Property property = Prop.ForAll(mutants, mutant =>
        {
            ScenarioResult result = ScenarioReader.ReadText(mutant.Text);
            total++;
            semantic += ReachedSemantics(result) ? 1 : 0;
            bool located = result.Diagnostics.All(d => d.Line >= 1 && d.Column >= 1 && d.Format().Length > 0);
            return located && result.IsValid == result.Diagnostics.All(d => d.Severity == DiagnosticSeverity.Warning);
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(20240229UL, 1234567UL), property);

        Assert.Equal(Runs, total);
        Assert.True(semantic >= 0.3 * total, $"{semantic} of {total} mutants reached the semantic checks");
    }

    // Everything but the one error of a text that is no YAML tree of a scenario.
    private static bool ReachedSemantics(ScenarioResult result) =>
        result.IsValid || result.Diagnostics.Any(d => d.Path is not null || d.Message.StartsWith("unknown key", StringComparison.Ordinal));

    private static string Mutate(int seed)
    {
        Random random = new(seed);
        StringBuilder text = new(random.Next(4) == 0 ? Examples.Minimal : Examples.Inflamed);
        int mutations = 1 + random.Next(4);
        for (int i = 0; i < mutations; i++)
        {
            switch (random.Next(3))
            {
                case 0:
                    Character(text, random);
                    break;
                case 1:
                    Token(text, random);
                    break;
                default:
                    Line(text, random);
                    break;
            }
        }

        return text.ToString();
    }

    private static void Character(StringBuilder text, Random random)
    {
        int at = random.Next(text.Length);
        switch (random.Next(3))
        {
            case 0:
                text.Remove(at, 1);
                break;
            case 1:
                text.Insert(at, (char)random.Next(0x20, 0x7f));
                break;
            default:
                text[at] = (char)(random.Next(20) == 0 ? random.Next(0, 0x10000) : random.Next(0x20, 0x7f));
                break;
        }
    }

    // Replaces the word at a random place, or inserts a token there.
    private static void Token(StringBuilder text, Random random)
    {
        string token = Tokens[random.Next(Tokens.Length)];
        int start = random.Next(text.Length);
        int end = start;
        while (random.Next(4) != 0 && end < text.Length && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        text.Remove(start, end - start).Insert(start, token);
    }

    private static void Line(StringBuilder text, Random random)
    {
        List<string> lines = [.. text.ToString().Split('\n')];
        int at = random.Next(lines.Count);
        int other = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(other, lines[at]);
                break;
            case 2:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            default:
                lines[at] = new string(' ', random.Next(6)) + lines[at].TrimStart();
                break;
        }

        text.Clear().AppendJoin('\n', lines);
    }
}
