using TmeSim.Scenarios.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Mark = TmeSim.Scenarios.Diagnostics.Mark;

namespace TmeSim.Scenarios.Yaml;

/// <summary>
/// Text to node tree through the event parser, with the marks of every node. Bounded in depth, in nodes and in alias
/// expansion, so that no input can exhaust the stack or the memory.
/// </summary>
internal sealed class YamlLoader
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 64;

    /// <summary>Largest number of nodes, those behind aliases counted every time.</summary>
    public const int MaxNodes = 50_000;

    private readonly SourceText _source;
    private readonly DiagnosticSink _sink;
    private readonly Parser _parser;
    private readonly Dictionary<string, Anchored> _anchors = new(StringComparer.Ordinal);
    private readonly List<(Mark Mark, string Message)> _duplicates = [];
    private readonly Stack<Mark> _open = [];
    private int _nodes;

    private YamlLoader(SourceText source, DiagnosticSink sink)
    {
        _source = source;
        _sink = sink;
        _parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
    }

    private sealed record Anchored(YamlNode? Node, int Height, int Size);

    /// <summary>
    /// The root node, or null after one error: a syntax error is reported alone. Duplicate keys are errors that leave the tree usable.
    /// </summary>
    public static YamlNode? Load(SourceText source, DiagnosticSink sink)
    {
        if (!TextGuard.Check(source, sink))
        {
            return null;
        }

        YamlLoader loader = new(source, sink);
        try
        {
            YamlNode? root = loader.Document();
            loader._duplicates.ForEach(d => sink.Error(d.Mark, null, d.Message));
            return root;
        }
        catch (YamlStop stop)
        {
            sink.Error(stop.Mark, null, stop.Message);
        }
        catch (YamlException e) when (loader.Quote((int)Math.Max(1, e.Start.Line) - 1))
        {
            // Reported where the quote opens.
        }
        catch (YamlException e) when (loader._open.Count > 0 && e.Start.Index >= source.Text.TrimEnd().Length)
        {
            loader.Unclosed();
        }
        catch (YamlException e)
        {
            (Mark mark, string message) = SyntaxErrors.Explain(source, e);
            sink.Error(mark, null, message);
        }
        catch (Exception e) when (
            e is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The scanner throws these, without a place, when the text ends inside brackets.
            if (!loader.Quote(-1))
            {
                loader.Unclosed();
            }
        }

        return null;
    }

    private bool Quote(int errorLine)
    {
        if (QuoteScan.Blame(_source.Text, errorLine, out int closedAt) is not int offset)
        {
            return false;
        }

        string where = closedAt < 0 ? "is not closed" : $"goes on to line {closedAt + _source.FirstLine}; is its end missing?";
        _sink.Error(_source.AtOffset(offset), null, $"YAML syntax error: the quote {_source.Text[offset]} opened here {where}");
        return true;
    }

    private void Unclosed()
    {
        Mark at = _open.Count > 0 ? _open.Peek() : Here();
        _sink.Error(at, null, _open.Count > 0 ? $"YAML syntax error: the '{CharAt(at)}' opened here is not closed"
            : "YAML syntax error: malformed text");
    }

    private char CharAt(Mark mark)
    {
        ReadOnlySpan<char> line = _source.Line(mark.Line);
        return mark.Column <= line.Length ? line[mark.Column - 1] : '\0';
    }

    private void Opened(Mark mark)
    {
        // A pair inside a list, [a: b], begins a mapping without a bracket of its own.
        _open.Push(CharAt(mark) is '[' or '{' || _open.Count == 0 ? mark : _open.Peek());
    }

    private void Close(bool flow)
    {
        if (flow)
        {
            _open.Pop();
        }
    }

    private Mark Here() => MarkOf(_parser.Current?.Start ?? YamlDotNet.Core.Mark.Empty);

    private Mark MarkOf(YamlDotNet.Core.Mark mark) =>
        _source.At((int)Math.Max(1, mark.Line) - 1 + _source.FirstLine, (int)Math.Max(1, mark.Column));

    private YamlNode? Document()
    {
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is StreamEnd or null)
        {
            _sink.Error(_source.Start, null, "the file is empty; write a new scenario with `tmesim new NAME`");
            return null;
        }

        _parser.MoveNext();
        YamlNode root = Node(1, out _, out _);
        _parser.MoveNext();
        if (_parser.Current is not StreamEnd)
        {
            throw new YamlStop(Here(), "a second YAML document begins here; a scenario is one document (remove the line `---`)");
        }

        return root;
    }

    // Reads the node that starts at the current event and leaves the event after it current.
    private YamlNode Node(int depth, out int height, out int size)
    {
        ParsingEvent start = _parser.Current!;
        Mark mark = MarkOf(start.Start);
        if (++_nodes > MaxNodes)
        {
            throw new YamlStop(mark, $"more than {MaxNodes} values (aliases counted at every use); split the file");
        }

        if (depth > MaxDepth)
        {
            throw new YamlStop(mark, $"nested deeper than {MaxDepth} levels");
        }

        if (start is AnchorAlias alias)
        {
            return Alias(alias, mark, depth, out height, out size);
        }

        if (start is not NodeEvent node)
        {
            throw new YamlStop(mark, "YAML syntax error: a value is expected here");
        }

        if (!node.Tag.IsEmpty)
        {
            throw new YamlStop(mark, $"YAML tags are not used in scenarios; remove '{(node.Tag.IsNonSpecific ? "!" : node.Tag.Value)}'");
        }

        string? anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        if (anchor is not null)
        {
            _anchors[anchor] = new(null, 0, 0);
        }

        YamlNode result = node switch
        {
            Scalar scalar => ScalarNode(scalar, mark, out height, out size),
            SequenceStart sequence => Sequence(mark, sequence.Style == SequenceStyle.Flow, depth, out height, out size),
            _ => Mapping(mark, ((MappingStart)node).Style == MappingStyle.Flow, depth, out height, out size),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = new(result, height, size);
        }

        return result;
    }

    private YamlScalar ScalarNode(Scalar scalar, Mark mark, out int height, out int size)
    {
        height = 1;
        size = 1;
        _parser.MoveNext();
        return new YamlScalar(mark, scalar.Value, scalar.Style != ScalarStyle.Plain);
    }

    private YamlNode Alias(AnchorAlias alias, Mark mark, int depth, out int height, out int size)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out Anchored? anchored))
        {
            throw new YamlStop(mark, $"alias '*{alias.Value.Value}' has no anchor '&{alias.Value.Value}' before it");
        }

        if (anchored.Node is null)
        {
            throw new YamlStop(mark, $"alias '*{alias.Value.Value}' stands inside its own anchor");
        }

        (height, size) = (anchored.Height, anchored.Size);
        if (_nodes + size > MaxNodes)
        {
            throw new YamlStop(mark, $"aliases expand to more than {MaxNodes} values");
        }

        if (depth + height > MaxDepth)
        {
            throw new YamlStop(mark, $"aliases nest deeper than {MaxDepth} levels");
        }

        _nodes += size;
        _parser.MoveNext();
        return anchored.Node.Clone();
    }

    private YamlSequence Sequence(Mark mark, bool flow, int depth, out int height, out int size)
    {
        YamlSequence sequence = new(mark);
        (height, size) = (1, 1);
        if (flow)
        {
            Opened(mark);
        }

        _parser.MoveNext();
        while (_parser.Current is not SequenceEnd)
        {
            sequence.Items.Add(Node(depth + 1, out int h, out int s));
            (height, size) = (Math.Max(height, h + 1), size + s);
        }

        Close(flow);
        _parser.MoveNext();
        return sequence;
    }

    private YamlMapping Mapping(Mark mark, bool flow, int depth, out int height, out int size)
    {
        YamlMapping mapping = new(mark);
        (height, size) = (1, 1);
        if (flow)
        {
            Opened(mark);
        }

        _parser.MoveNext();
        while (_parser.Current is not MappingEnd)
        {
            Mark keyMark = Here();
            if (_parser.Current is not Scalar key)
            {
                throw new YamlStop(keyMark, "a key must be plain text");
            }

            if (key.Value == "<<" && key.Style == ScalarStyle.Plain)
            {
                throw new YamlStop(keyMark,
                    "merge keys (<<) are not supported; put the common part into another file and name it with `base:`");
            }

            if (!key.Anchor.IsEmpty || !key.Tag.IsEmpty)
            {
                throw new YamlStop(keyMark, "a key has no anchor and no tag");
            }

            _parser.MoveNext();
            YamlNode value = Node(depth + 1, out int h, out int s);
            (height, size) = (Math.Max(height, h + 1), size + s);
            if (!mapping.TryAdd(key.Value, keyMark, value))
            {
                int line = mapping.Find(key.Value)!.KeyMark.Line;
                _duplicates.Add((keyMark, $"duplicate key '{Excerpt.Of(key.Value)}', first written on line {line}; remove one"));
            }
        }

        Close(flow);
        _parser.MoveNext();
        return mapping;
    }
}
