using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Server.Flows;

/// <summary>What a card check begins with: a challenge, or nothing because the patient said no.</summary>
internal sealed record CardCheckBegun(CardCheck? Check);

/// <summary>Card in hand: identity and consent, challenge, evidence, grant. Every other way ends the card step, and the run goes on.</summary>
internal sealed class CheckCard(
    CommandDesk desk,
    Department department,
    CardCheckDecisions checks,
    AccessDecisions access,
    ConsentWithdrawals withdrawals,
    OpenRecords records,
    IRecordSource source,
    CardStatuses statuses,
    StatusRechecks rechecks
)
{
    /// <summary>Value of the reason's table for a patient who said no.</summary>
    private static readonly Code PatientRefused = new(CardSteps.NoViewReason, "refused");

    public Task<CommandAnswer<CardCheckBegun>> BeginAsync(
        Command command,
        IncidentId incident,
        PatientSlot patient,
        IdentityCheck identity,
        ConsentBasis consent,
        Func<CardCheckBegun, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Of(incident)],
            now =>
                checks.Begin(Attending(command.By, incident, patient), identity, consent) switch
                {
                    CardCheckDecision.Begun(var check, var part) =>
                        new Decided<CardCheckBegun>.Accepted(
                            new CardCheckBegun(check),
                            part.And(CardSteps.Began(incident, patient, now))
                        ),
                    CardCheckDecision.Closed => new Decided<CardCheckBegun>.Accepted(
                        new CardCheckBegun(null),
                        CardSteps.Closed(incident, patient, PatientRefused, now)
                    ),
                    CardCheckDecision.Refused(var reason) => CardReasons.Of(reason),
                    _ => throw new System.Diagnostics.UnreachableException(),
                },
            encode,
            stop
        );

    /// <param name="decode">The grant of an answer that was given before.</param>
    public async Task<CommandAnswer<PendingGrant>> RequestAsync(
        Command command,
        IncidentId incident,
        PatientSlot patient,
        ChallengeId challenge,
        CardEvidence evidence,
        Func<PendingGrant, byte[]> encode,
        Func<ReadOnlyMemory<byte>, GrantId> decode,
        CancellationToken stop
    )
    {
        using ExaminedCard card = access.Examine(evidence);
        var request = new AccessRequest(command.Id, challenge, card, source.LeastLevel);
        // All waiting for the responder is here, before anybody's turn is taken; what is decided below is decided from what is at hand.
        if (access.FindQuestion(request, Attending(command.By, incident, patient)) is { } question)
        {
            request = request with { Status = await statuses.LookUpAsync(question, stop) };
        }

        CommandAnswer<PendingGrant> answer = await desk.RunAsync(
            command,
            [Turns.Of(incident)],
            now =>
                access.Decide(request, Attending(command.By, incident, patient)) switch
                {
                    AccessDecision.Granted(var grant, var part) =>
                        new Decided<PendingGrant>.Accepted(
                            grant,
                            part.And(
                                CardSteps.Viewed(
                                    incident,
                                    patient,
                                    CardReasons.LetterOf(grant.Level),
                                    now
                                )
                            )
                        ),
                    AccessDecision.Refused(var reason) => CardReasons.Of(reason),
                    _ => throw new System.Diagnostics.UnreachableException(),
                },
            encode,
            stop
        );
        if (answer is CommandAnswer<PendingGrant>.Answered { Fresh: { } effect })
        {
            AccessGrant grant = effect.Value.Confirm(effect.Receipt);
            records.Open(grant);
            rechecks.Keep(grant);
        }
        else if (
            answer is CommandAnswer<PendingGrant>.Answered { Bytes: var first }
            && (
                command.By.Crew is not { } crew
                || records.Find(incident, decode(first), command.By.Key, crew) is null
            )
        )
        {
            // The commit outlasted its own limit, or the grant is over by now: its id would open nothing, now or later.
            return new CommandAnswer<PendingGrant>.Refused(
                CardReasons.Of(RefusalReason.ChallengeUsed)
            );
        }

        return answer;
    }

    public Task<CommandAnswer<Code>> CloseAsync(
        Command command,
        IncidentId incident,
        PatientSlot patient,
        Code reason,
        Func<Code, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Of(incident)],
            now =>
                CardSteps
                    .FindAttendingOrder(
                        department.Incidents,
                        incident,
                        patient,
                        command.By.Unit!.Value
                    )
                    .ToFlow() switch
                {
                    Decided<Order>.Accepted => new Decided<Code>.Accepted(
                        reason,
                        CardSteps.Closed(incident, patient, reason, now)
                    ),
                    Decided<Order>.Refused(var why) => why,
                    _ => throw new System.Diagnostics.UnreachableException(),
                },
            encode,
            stop
        );

    /// <summary>Viewing ends with the word itself; what was kept of the record goes with the fact.</summary>
    public Task<CommandAnswer<PatientSlot>> WithdrawAsync(
        Command command,
        IncidentId incident,
        PatientSlot patient,
        Func<PatientSlot, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Of(incident)],
            now => Withdraw(command.By, incident, patient, now),
            encode,
            stop
        );

    private Decided<PatientSlot> Withdraw(
        Caller by,
        IncidentId incident,
        PatientSlot patient,
        DateTimeOffset now
    ) =>
        withdrawals.Withdraw(Attending(by, incident, patient)) switch
        {
            ConsentWithdrawal.Withdrawn(_, var part) => new Decided<PatientSlot>.Accepted(
                patient,
                part.And(CardSteps.Withdrawn(incident, patient, now))
            ),
            ConsentWithdrawal.Refused(var reason) => CardReasons.Of(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private AttendingCrew? Attending(Caller by, IncidentId incident, PatientSlot patient) =>
        by.Crew is { } crew
            ? AttendingCrews.Find(
                department.Incidents,
                department.Fleet,
                by.Department,
                incident,
                patient,
                crew,
                by.Device,
                by.Key
            )
            : null;
}
