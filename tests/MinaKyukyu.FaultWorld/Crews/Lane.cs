using System.Collections.Concurrent;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;

namespace MinaKyukyu.FaultWorld.Crews;

/// <summary>
/// One unit and the dispatcher who orders it about, run after run. Chance decides what is skipped, told twice, taken back or ordered
/// twice at once; whatever the server then says that it should not say is a failure.
/// </summary>
internal sealed class Lane(
    int number,
    string unit,
    Random chance,
    Outbox outbox,
    ConcurrentQueue<string> failures
)
{
    private const string UnitNotAvailable = "UNIT_NOT_AVAILABLE";

    private readonly Requests _requests = new(number, unit, TimeProvider.System);
    private CancellationToken _stop;
    private Func<bool> _isOver = () => false;

    /// <summary>Lives until it is over; a command that was sent is always seen through.</summary>
    public async Task LiveAsync(Func<bool> isOver, CancellationToken stop)
    {
        _stop = stop;
        _isOver = isOver;
        try
        {
            await SendAsync(_requests.SignOn());
            while (true)
            {
                await RunAsync();
            }
        }
        catch (RunStoppedException)
        {
            // Between two commands.
        }
    }

    private async Task RunAsync()
    {
        string incident = await OpenAsync();
        (string served, AssignUnitResponse? order) = Draw(0.3)
            ? await OrderTwiceAtOnceAsync(incident, await OpenAsync())
            : (incident, await OrderAsync(incident));
        if (order is null)
        {
            return;
        }

        if (Draw(0.9))
        {
            await SendAsync(_requests.Acknowledge(order));
        }

        if (Draw(0.2))
        {
            await SendAsync(_requests.Acknowledge(order));
        }

        if (Draw(0.1))
        {
            await SendAsync(_requests.CancelIncident(served));
            return;
        }

        for (MilestoneKind kind = MilestoneKind.EnRoute; kind < MilestoneKind.Cleared; kind++)
        {
            if (Draw(0.8))
            {
                await TellAsync(served, order, kind);
            }

            if (kind == MilestoneKind.PatientContact)
            {
                await SendAsync(
                    Draw(0.5) ? _requests.CloseCardStep(served) : _requests.WithdrawConsent(served)
                );
            }
        }

        await SendAsync(_requests.Milestone(served, order, MilestoneKind.Cleared, Draw(0.1)));
    }

    private async Task<string> OpenAsync()
    {
        // Within the sample city.
        Command open = _requests.Open(
            35.69 + (chance.NextDouble() * 0.04),
            139.38 + (chance.NextDouble() * 0.05)
        );
        return OpenIncidentResponse.Parser.ParseFrom(await SendAsync(open)).IncidentId;
    }

    private async Task<AssignUnitResponse?> OrderAsync(string incident) =>
        AssignUnitResponse.Parser.ParseFrom(await SendAsync(_requests.Assign(incident)));

    /// <summary>Two dispatchers send the same unit to two places in the same moment: one of them must be told no.</summary>
    private async Task<(string Incident, AssignUnitResponse? Order)> OrderTwiceAtOnceAsync(
        string one,
        string other
    )
    {
        StopIfOver();
        Answer[] answers = await Task.WhenAll(
            outbox.SendAsync(_requests.Assign(one), _stop),
            outbox.SendAsync(_requests.Assign(other), _stop)
        );
        bool oneWon = answers[0].Bytes is not null;
        Answer lost = answers[oneWon ? 1 : 0];
        if (
            answers[oneWon ? 0 : 1].Bytes is not { } won
            || lost.Bytes is not null
            || lost.Refusal != UnitNotAvailable
        )
        {
            failures.Enqueue(
                $"{unit} was sent to two places at once and the answers were '{WordFor(answers[0])}' and '{WordFor(answers[1])}'"
            );
            return (one, null);
        }

        await SendAsync(_requests.CancelIncident(oneWon ? other : one));
        return (oneWon ? one : other, AssignUnitResponse.Parser.ParseFrom(won));
    }

    private async Task TellAsync(string incident, AssignUnitResponse order, MilestoneKind kind)
    {
        string told = MilestoneOf(
            await SendAsync(_requests.Milestone(incident, order, kind, Draw(0.1)))
        );
        if (Draw(0.2))
        {
            string again = MilestoneOf(
                await SendAsync(_requests.Milestone(incident, order, kind, true))
            );
            if (again != told)
            {
                failures.Enqueue($"{unit} told {kind} twice and that became two milestones");
            }
        }

        if (Draw(0.1))
        {
            await SendAsync(_requests.WithdrawMilestone(incident, told));
        }
    }

    private static string MilestoneOf(byte[] answer) =>
        ReportMilestoneResponse.Parser.ParseFrom(answer).MilestoneId;

    private async Task<byte[]> SendAsync(Command command)
    {
        StopIfOver();
        Answer answer = await outbox.SendAsync(command, _stop);
        if (answer.Bytes is { } bytes)
        {
            return bytes;
        }

        // Everything before it was acknowledged, so nothing that follows from it can be refused.
        failures.Enqueue($"{command.ShortMethod} of {command.Key} was refused: {answer.Refusal}");
        throw new RunStoppedException();
    }

    private void StopIfOver()
    {
        if (_isOver())
        {
            throw new RunStoppedException();
        }
    }

    private bool Draw(double share) => chance.NextDouble() < share;

    private static string WordFor(Answer answer) =>
        answer.Bytes is null ? answer.Refusal : "ordered";

    private sealed class RunStoppedException : Exception;
}
