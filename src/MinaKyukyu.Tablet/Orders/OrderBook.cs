using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Tablet.Queue;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet.Orders;

/// <summary>
/// The fence with its memory: the last token is on the disk before an order is obeyed, so that a tablet that was switched off in
/// between still refuses an older order. Holds ids and tokens, never a place or a number to call. Thread-safe.
/// </summary>
public sealed class OrderBook : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IDurableFile _file;
    private readonly ILogger _logger;
    private FenceState _state;
    private bool _isBroken;

    /// <exception cref="IOException">The file is held by another process or cannot be read.</exception>
    internal OrderBook(IDurableFile file, ILogger logger)
    {
        _file = file;
        _logger = logger;
        RecordLines.ReadResult read = RecordLines.Read(file.ReadAll());
        if (read.IsTorn)
        {
            file.Truncate(read.WholeLength);
        }

        _state = read.Texts.Aggregate(FenceState.Nothing, static (_, text) => Parse(text));
    }

    /// <summary>The order that the crew obeys; null when it is free.</summary>
    public OrderNews? Active
    {
        get
        {
            lock (_gate)
            {
                return _state.Active;
            }
        }
    }

    public long LastToken
    {
        get
        {
            lock (_gate)
            {
                return _state.LastToken;
            }
        }
    }

    /// <summary>
    /// The disk failed: the fence holds only until the tablet is switched off. Orders are still obeyed, because a crew that does not
    /// drive is the greater harm; the tablet says so.
    /// </summary>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
            {
                return _isBroken;
            }
        }
    }

    public OrderVerdict Hear(OrderNews news)
    {
        lock (_gate)
        {
            (OrderVerdict verdict, FenceState state) = OrderFence.Judge(_state, news);
            if (verdict is OrderVerdict.RefusedOutdated or OrderVerdict.RefusedSecondOrder)
            {
                TabletLog.OrderNotObeyed(_logger, news.Assignment.Value, verdict.ToString());
            }

            Keep(state);
            return verdict;
        }
    }

    /// <summary>The crew itself ended it, by saying that it is clear. Nothing happens when it obeys another order or none.</summary>
    public void End(AssignmentId assignment)
    {
        lock (_gate)
        {
            if (_state.Active?.Assignment == assignment)
            {
                Keep(_state with { Active = null });
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private void Keep(FenceState state)
    {
        if (state == _state)
        {
            return;
        }

        _state = state;
        if (_isBroken)
        {
            return;
        }

        try
        {
            _file.Append(RecordLines.Write(Format(state)));
        }
        catch (IOException failure)
        {
            _isBroken = true;
            TabletLog.DiskFailed(_logger, failure);
        }
    }

    private static string Format(FenceState state) =>
        JsonSerializer.Serialize(
            new FenceLine(
                state.LastToken,
                state.Last?.Value,
                state.Active?.Assignment.Value,
                state.Active?.Incident.Value,
                state.Active?.Token
            ),
            FenceJson.Default.FenceLine
        );

    private static FenceState Parse(string text)
    {
        FenceLine line = JsonSerializer.Deserialize(text, FenceJson.Default.FenceLine)!;
        OrderNews? active = line is { Active: { } id, Incident: { } incident, Token: { } token }
            ? new OrderNews(new(id), new(incident), token, true)
            : null;
        AssignmentId? last = line.Last is { } lastId ? new AssignmentId(lastId) : null;
        return new FenceState(line.LastToken, last, active);
    }
}

internal sealed record FenceLine(
    long LastToken,
    string? Last,
    string? Active,
    string? Incident,
    long? Token
);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(FenceLine))]
internal sealed partial class FenceJson : JsonSerializerContext;
