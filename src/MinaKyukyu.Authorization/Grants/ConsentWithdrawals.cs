using System.Text.Json;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Facts;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Grants;

/// <summary>What becomes of a withdrawal: a closed set.</summary>
public abstract record ConsentWithdrawal
{
    private ConsentWithdrawal() { }

    /// <summary>Viewing has stopped already; the part says so in the journal.</summary>
    public sealed record Withdrawn(IReadOnlyList<GrantId> EndedGrants, CommitPart Part)
        : ConsentWithdrawal;

    public sealed record Refused(RefusalReason Reason) : ConsentWithdrawal;
}

/// <summary>The patient takes the consent back (同意の撤回).</summary>
public sealed class ConsentWithdrawals(
    GrantBook grants,
    ChallengeBook challenges,
    TimeProvider time
)
{
    public const string WithdrawnEvent = "consent.withdrawn";

    /// <summary>Ends every grant and every open check of the patient at once, before anything is written: the patient's word does not wait for a disk.</summary>
    /// <param name="crew">Null when there is no such incident, patient or crew.</param>
    public ConsentWithdrawal Withdraw(AttendingCrew? crew)
    {
        if (crew is not { Attends: true })
        {
            return new ConsentWithdrawal.Refused(RefusalReason.NotFound);
        }

        challenges.Forget(crew.IncidentId, crew.PatientSlot);
        IReadOnlyList<GrantId> ended = grants.EndFor(crew.IncidentId, crew.PatientSlot);
        ConsentWithdrawn fact = new(
            crew.IncidentId.Value,
            crew.PatientSlot.Number,
            crew.UnitId.Value,
            crew.CrewId.Value,
            crew.DeviceId.Value,
            [.. ended.Select(g => g.Value)],
            time.GetUtcNow()
        );
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(fact, FactsJson.Default.ConsentWithdrawn);
        string subject = Subjects.Of(crew.IncidentId);
        return new ConsentWithdrawal.Withdrawn(
            ended,
            new CommitPart
            {
                Facts = [new Fact(ConsentWithdrawn.Kind, 1, subject, body)],
                Audit = [new AuditEntry(WithdrawnEvent, subject, body)],
            }
        );
    }
}
