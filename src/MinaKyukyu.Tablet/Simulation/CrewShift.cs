using MinaKyukyu.Tablet.Orders;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>Hears orders and lives through them one after the other; the end of an order ends its run wherever it is.</summary>
internal sealed class CrewShift(
    TabletModule tablet,
    SimulatedCrewOptions options,
    CrewAccount account,
    TimeProvider time
)
{
    private readonly Driver _driver = new(tablet.Positions, options, time);
    private Ongoing? _ongoing;
    private int _orders;

    /// <summary>Until the wanted number of orders is lived through, or until cancelled.</summary>
    public async Task ServeAsync(CancellationToken cancellation)
    {
        using var standIn = new HttpClient
        {
            BaseAddress = options.StandIn,
            Timeout = options.Patience,
        };
        using var shift = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var cards = new StandInCards(standIn);
        await foreach (OrderEvent heard in tablet.Feed.ListenAsync(shift.Token))
        {
            Tell(heard);
            if (heard.Verdict == OrderVerdict.Ended && _ongoing?.Order == heard.Order.Assignment)
            {
                await _ongoing.OrderOver.CancelAsync();
            }
            else if (IsToServe(heard))
            {
                await LeaveAsync();
                Begin(heard, cards, shift);
            }
        }

        await LeaveAsync();
    }

    private bool IsToServe(OrderEvent heard) =>
        heard.Told is not null
        && (
            heard.Verdict == OrderVerdict.Obey
            // Told again after a start: the tablet knows the token only, and needs the content.
            || (heard.Verdict == OrderVerdict.Known && _ongoing?.Order != heard.Order.Assignment)
        );

    private void Begin(OrderEvent heard, StandInCards cards, CancellationTokenSource shift)
    {
        CrewScript script =
            CrewScript.FindIn(heard.Told!.Incident.Remarks)
            ?? options.Scripts.ElementAtOrDefault(_orders)
            ?? options.Usual;
        _orders++;
        var ongoing = new Ongoing(
            heard.Order.Assignment,
            new CancellationTokenSource(),
            CancellationTokenSource.CreateLinkedTokenSource(shift.Token)
        );
        var run = new CrewRun(tablet, options, account, cards, _driver, time, heard.Told, script);
        ongoing.Done = run.LiveAsync(ongoing.OrderOver.Token, ongoing.Leave.Token);
        _ongoing = ongoing;
        if (options.StopAfterOrders > 0 && _orders >= options.StopAfterOrders)
        {
            _ = EndShiftAfterAsync(ongoing.Done, shift);
        }
    }

    /// <summary>The run before may still be driving home: a crew may be sent from there.</summary>
    private async Task LeaveAsync()
    {
        if (_ongoing is { Done: { } done } ongoing)
        {
            await ongoing.Leave.CancelAsync();
            await done;
            ongoing.OrderOver.Dispose();
            ongoing.Leave.Dispose();
            _ongoing = null;
        }
    }

    private static async Task EndShiftAfterAsync(Task done, CancellationTokenSource shift)
    {
        // A run that broke is told by whoever awaits it at the end of the shift.
        await Task.WhenAny(done);
        await shift.CancelAsync();
    }

    private void Tell(OrderEvent heard) =>
        account.Tell(
            "order",
            ("verdict", heard.Verdict.ToString()),
            ("assignment", heard.Order.Assignment.Value),
            ("incident", heard.Order.Incident.Value),
            ("order_token", heard.Order.Token),
            ("route_points", heard.Told?.Route?.Points.Count ?? 0),
            ("callback_shown", heard.Told?.CallbackNumber.Length > 0)
        );

    private sealed record Ongoing(
        AssignmentId Order,
        CancellationTokenSource OrderOver,
        CancellationTokenSource Leave
    )
    {
        public Task? Done { get; set; }
    }
}
