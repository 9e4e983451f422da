using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Flows;

/// <summary>What a dispatcher hears when an incident is open.</summary>
internal sealed record IncidentOpened(IncidentId Id, DateTimeOffset CallReceivedAt);

/// <summary>119: an incident is opened, or called off.</summary>
internal sealed class OpenIncident(CommandDesk desk, Department department, IIdSource ids)
{
    public Task<CommandAnswer<IncidentOpened>> OpenAsync(
        Command command,
        Call call,
        Func<IncidentOpened, byte[]> encode,
        CancellationToken stop
    )
    {
        var id = new IncidentId(ids.Next());
        return desk.RunAsync(command, [], now => Open(id, call, now), encode, stop);
    }

    private static Decided<IncidentOpened> Open(IncidentId id, Call said, DateTimeOffset now)
    {
        // An emergency is not refused for a console's clock: a call from the future came now.
        Call call = said.ReceivedAt > now ? said with { ReceivedAt = now } : said;
        return Opening.Open(id, call, now).ToFlow() switch
        {
            Decided<IncidentId>.Accepted(_, var part) => new Decided<IncidentOpened>.Accepted(
                new IncidentOpened(id, call.ReceivedAt ?? now),
                part
            ),
            Decided<IncidentId>.Refused(var why) => why,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public Task<CommandAnswer<IncidentId>> CancelAsync(
        Command command,
        IncidentId incident,
        Code reason,
        Func<IncidentId, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Of(incident), Turns.Orders],
            now => Opening.Cancel(department.Incidents, incident, reason, now).ToFlow(),
            encode,
            stop
        );
}
