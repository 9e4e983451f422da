using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Queue;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet.Orders;

/// <summary>What the crew hears about orders.</summary>
/// <param name="Told">As the server told it; null when only the end was found out by asking.</param>
public sealed record OrderEvent(
    OrderVerdict Verdict,
    OrderNews Order,
    WatchAssignmentsResponse? Told
);

/// <summary>
/// Watches for the unit's orders as long as the tablet is on, through lost links and restarts of the server. Each order passes the
/// fence before anybody sees it. After each return the tablet asks whether the order that it obeys still stands, because its end
/// may have been told while nobody listened.
/// </summary>
public sealed class OrderFeed
{
    private readonly CrewLink _link;
    private readonly OrderBook _book;
    private readonly UnitId _unit;
    private readonly TimeProvider _time;
    private readonly BackOff _backOff;
    private readonly ILogger _logger;

    internal OrderFeed(
        CrewLink link,
        OrderBook book,
        UnitId unit,
        OrderFeedOptions options,
        TimeProvider time,
        Random chance,
        ILogger logger
    )
    {
        _link = link;
        _book = book;
        _unit = unit;
        _time = time;
        _logger = logger;
        _backOff = new(
            options.FirstBackOff,
            options.LongestBackOff,
            options.ShortestBackOff,
            chance
        );
    }

    /// <summary>Every order that the fence lets through, and every one that it refuses, until cancelled.</summary>
    public async IAsyncEnumerable<OrderEvent> ListenAsync(
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        // Nothing of an order outlives the tablet but its token: after a start its content has to be told again.
        long after = 0;
        int tries = 0;
        while (!cancellation.IsCancellationRequested)
        {
            if (await FindEndAsync(cancellation) is { } ended)
            {
                yield return ended;
            }

            using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(
                cancellation,
                _link.Radio.WhenCut
            );
            using AsyncServerStreamingCall<WatchAssignmentsResponse> call =
                _link.Crew.WatchAssignments(
                    new WatchAssignmentsRequest { UnitId = _unit.Value, AfterOrderToken = after },
                    cancellationToken: ending.Token
                );
            while (await MoveNextAsync(call.ResponseStream, ending.Token, cancellation))
            {
                WatchAssignmentsResponse told = call.ResponseStream.Current;
                List<OrderEvent> heard = await JudgeAsync(told, cancellation);
                foreach (OrderEvent order in heard)
                {
                    yield return order;
                }

                after = _book.LastToken;
                if (heard is [.., { Verdict: OrderVerdict.RefusedSecondOrder }])
                {
                    // Listen anew: the server tells it again until the first order's end is known here too.
                    break;
                }

                tries = 0;
            }

            tries++;
            await WaitAsync(_backOff.Next(tries), cancellation);
        }
    }

    private async Task<List<OrderEvent>> JudgeAsync(
        WatchAssignmentsResponse told,
        CancellationToken cancellation
    )
    {
        if (NewsOf(told.Assignment) is not { } news)
        {
            return [];
        }

        OrderVerdict verdict = _book.Hear(news);
        if (verdict != OrderVerdict.RefusedSecondOrder)
        {
            return [new(verdict, news, told)];
        }

        // The server gives a unit one order at a time, so the first one's end was probably lost on the way: ask.
        return await FindEndAsync(cancellation) is { } ended
            ? [ended, new(_book.Hear(news), news, told)]
            : [new(verdict, news, told)];
    }

    /// <summary>Asks about the order that is obeyed. Null: it stands, there is none, or nobody answered.</summary>
    private async Task<OrderEvent?> FindEndAsync(CancellationToken cancellation)
    {
        if (_book.Active is not { } active)
        {
            return null;
        }

        bool stands;
        try
        {
            GetIncidentResponse answer = await _link.Incidents.GetIncidentAsync(
                new GetIncidentRequest { IncidentId = active.Incident.Value },
                cancellationToken: cancellation
            );
            stands = answer.Incident.Assignments.Any(a =>
                a.AssignmentId == active.Assignment.Value && a.State == AssignmentState.Active
            );
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
        {
            // "Not yours" and "not there" are the same answer: either way it is not this crew's any more.
            stands = false;
        }
        catch (RpcException)
        {
            return null;
        }

        if (stands)
        {
            return null;
        }

        OrderNews over = active with { IsActive = false };
        return new OrderEvent(_book.Hear(over), over, null);
    }

    private async Task<bool> MoveNextAsync(
        IAsyncStreamReader<WatchAssignmentsResponse> stream,
        CancellationToken ending,
        CancellationToken cancellation
    )
    {
        try
        {
            return await stream.MoveNext(ending);
        }
        catch (RpcException failure)
        {
            if (!cancellation.IsCancellationRequested)
            {
                TabletLog.WatchEnded(_logger, failure.StatusCode);
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(wait, _time, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The loop looks at the token itself.
        }
    }

    private static OrderNews? NewsOf(Assignment? assignment) =>
        assignment is not null
        && Identifier.IsWellFormed(assignment.AssignmentId)
        && Identifier.IsWellFormed(assignment.IncidentId)
            ? new OrderNews(
                new(assignment.AssignmentId),
                new(assignment.IncidentId),
                assignment.OrderToken,
                assignment.State == AssignmentState.Active
            )
            : null;
}
