using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Flows;

/// <summary>交通規制: streets are closed or slow for a while, and open again. Every situation after the commit has the new roads.</summary>
internal sealed class RestrictRoads(CommandDesk desk, Department department, IIdSource ids)
{
    public Task<CommandAnswer<RoadRestriction>> RestrictAsync(
        Command command,
        RoadReport report,
        Func<RoadRestriction, byte[]> encode,
        CancellationToken stop
    )
    {
        var id = new RoadRestrictionId(ids.Next());
        return desk.RunAsync(
            command,
            [Turns.Roads],
            now =>
                RoadDecisions
                    .Restrict(department.RoadRestrictions, id, report, command.By.Author, now)
                    .ToFlow(),
            encode,
            stop
        );
    }

    public Task<CommandAnswer<RoadRestriction>> LiftAsync(
        Command command,
        RoadRestrictionId id,
        Func<RoadRestriction, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Roads],
            now =>
                RoadDecisions
                    .Lift(department.RoadRestrictions, id, command.By.Author, now)
                    .ToFlow(),
            encode,
            stop
        );
}
