using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Flows;

/// <summary>A notice that was printed: of which read, under which number, for which time.</summary>
internal sealed record NoticeOfRead(EmergencyRead Read, long Number, int Copy, DateTimeOffset At);

/// <summary>The department's officer closes an emergency read (緊急閲覧の確認), and prints the notice for its patient.</summary>
internal sealed class OverseeEmergencies(CommandDesk desk, EmergencyReadsProjection emergencies)
{
    /// <summary>Notices are numbered one after the other.</summary>
    private const string NoticeTurn = "notices";

    public Task<CommandAnswer<EmergencyRead>> CloseAsync(
        Command command,
        GrantId id,
        Code finding,
        string note,
        Func<EmergencyRead, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [$"emergency-read/{id}"],
            now =>
                EmergencyDecisions.Close(
                    emergencies.Current,
                    id,
                    finding,
                    note,
                    HandOf(command.By),
                    now
                ) switch
                {
                    EmergencyDecision.Closed(var read, var part) =>
                        new Decided<EmergencyRead>.Accepted(read, part),
                    EmergencyDecision.Refused(var why) => ReasonOf(why),
                    _ => throw new System.Diagnostics.UnreachableException(),
                },
            encode,
            stop
        );

    public Task<CommandAnswer<NoticeOfRead>> PrintAsync(
        Command command,
        GrantId id,
        Func<NoticeOfRead, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [NoticeTurn],
            now =>
                EmergencyDecisions.Print(emergencies.Current, id, HandOf(command.By), now) switch
                {
                    EmergencyDecision.Printed(var read, var number, var copy, var part) =>
                        new Decided<NoticeOfRead>.Accepted(
                            new NoticeOfRead(read, number, copy, now),
                            part
                        ),
                    EmergencyDecision.Refused(var why) => ReasonOf(why),
                    _ => throw new System.Diagnostics.UnreachableException(),
                },
            encode,
            stop
        );

    /// <summary>The room's refusals under the names that they have on the wire.</summary>
    internal static Refusal ReasonOf(EmergencyRefusal reason) =>
        reason switch
        {
            EmergencyRefusal.NotFound => new Refusal("EMERGENCY_READ_NOT_FOUND"),
            EmergencyRefusal.AlreadyClosed => new Refusal("EMERGENCY_READ_CLOSED"),
            EmergencyRefusal.NoteMalformed => new Refusal("FIELD_MALFORMED", "note"),
            EmergencyRefusal.PersonalNumber => new Refusal("PERSONAL_NUMBER_IN_TEXT", "note"),
            EmergencyRefusal.NoticeNotDue => new Refusal("NOTICE_NOT_DUE"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static OversightHand HandOf(Caller by) => new(WordOf(by.Role), by.Device);

    /// <summary>As audit rows name a role; only these come here.</summary>
    private static string WordOf(CallerRole role) =>
        role switch
        {
            CallerRole.InformationOfficer => "information-officer",
            CallerRole.FireChief => "fire-chief",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
