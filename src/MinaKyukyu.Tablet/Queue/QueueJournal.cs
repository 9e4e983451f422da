using System.Text.Json;
using System.Text.Json.Serialization;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>A command as it stands in the file.</summary>
/// <param name="Body">The request message, as it is sent.</param>
/// <param name="TappedAtUnixMs">When the crew tapped, by the tablet's clock.</param>
/// <param name="Trace">W3C trace parent of the tap; a random number, says nothing.</param>
internal sealed record QueuedCommand(
    string RequestId,
    CommandKind Kind,
    byte[] Body,
    long TappedAtUnixMs,
    string? Trace
);

/// <summary>Which commands wait, as the disk knows it. Not thread-safe: the queue holds its lock.</summary>
internal sealed class QueueJournal : IDisposable
{
    private readonly IDurableFile _file;

    /// <exception cref="IOException">The file cannot be read, or its torn end cannot be cut off.</exception>
    public QueueJournal(IDurableFile file)
    {
        _file = file;
        RecordLines.ReadResult read = RecordLines.Read(file.ReadAll());
        UnreadableLines = read.Unreadable;
        HadTornLine = read.IsTorn;
        if (read.IsTorn)
        {
            // Otherwise the next line would be glued to half a line and be lost with it.
            file.Truncate(read.WholeLength);
        }

        Waiting = Replay(read.Texts);
    }

    /// <summary>What was not answered when the file was opened, in the order of the taps.</summary>
    public IReadOnlyList<QueuedCommand> Waiting { get; }

    public int UnreadableLines { get; }

    public bool HadTornLine { get; }

    public long Length => _file.Length;

    /// <exception cref="IOException">Whether it is kept is unknown.</exception>
    public void Keep(QueuedCommand command) =>
        Append(
            new QueueLine(
                "command",
                command.RequestId,
                command.Kind,
                command.Body,
                command.TappedAtUnixMs,
                command.Trace
            )
        );

    /// <exception cref="IOException">Whether it is kept is unknown; then the command is sent once more after a start.</exception>
    public void Answered(string requestId) =>
        Append(new QueueLine("answered", requestId, null, null, null, null));

    /// <summary>Only when nothing waits.</summary>
    /// <exception cref="IOException">As with the others.</exception>
    public void Empty() => _file.Truncate(0);

    public void Dispose() => _file.Dispose();

    private static List<QueuedCommand> Replay(IReadOnlyList<string> texts)
    {
        List<QueuedCommand> waiting = [];
        foreach (string text in texts)
        {
            QueueLine line = JsonSerializer.Deserialize(text, QueueJson.Default.QueueLine)!;
            if (line is { Kind: { } kind, Body: { } body })
            {
                waiting.Add(new(line.Id, kind, body, line.TappedAt ?? 0, line.Trace));
            }
            else
            {
                waiting.RemoveAll(c =>
                    string.Equals(c.RequestId, line.Id, StringComparison.Ordinal)
                );
            }
        }

        return waiting;
    }

    private void Append(QueueLine line) =>
        _file.Append(
            RecordLines.Write(JsonSerializer.Serialize(line, QueueJson.Default.QueueLine))
        );
}

/// <param name="Line"><c>command</c> or <c>answered</c>.</param>
internal sealed record QueueLine(
    string Line,
    string Id,
    CommandKind? Kind,
    byte[]? Body,
    long? TappedAt,
    string? Trace
);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(QueueLine))]
internal sealed partial class QueueJson : JsonSerializerContext;
