using System.Text.Json;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.Facts;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>What was found when a card was asked about again; the part is to be committed, the grant has ended already if it had to.</summary>
/// <param name="HasEnded">The card is revoked, or unknown to its authority.</param>
public sealed record Recheck(
    GrantId Grant,
    DepartmentId Department,
    bool HasEnded,
    CommitPart Part
);

/// <summary>
/// Open grants whose card was let in on less than a fresh answer; each is asked about again until the responder answers or the
/// grant is over. In memory and bounded like the book of grants; gone with the process, as the grants are.
/// </summary>
public sealed class StatusRechecks(
    CardStatuses statuses,
    GrantBook grants,
    AuthorizationOptions options,
    TimeProvider time,
    ILogger<StatusRechecks> logger
)
{
    public const string RecheckedEvent = "access.rechecked";

    private readonly Lock _gate = new();
    private readonly Dictionary<GrantId, AccessGrant> _waiting = [];
    private uint _round;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Notes a grant to be asked about again, if there is reason to and anybody to ask.</summary>
    public void Keep(AccessGrant grant)
    {
        if (grant.AskAgain is null)
        {
            return;
        }

        lock (_gate)
        {
            // The book of grants has this bound already; one more is not a grant that could be open.
            if (_waiting.Count < options.MostOpenGrants)
            {
                _waiting.TryAdd(grant.Id, grant);
            }
        }
    }

    /// <summary>
    /// Asks about each once, one after the other; stops asking when the responder is silent. Each round begins with another one,
    /// so that a card about which it is always silent keeps no other from being asked about.
    /// </summary>
    /// <returns>Those that are settled; the others wait on.</returns>
    public async Task<IReadOnlyList<Recheck>> RunAsync(CancellationToken stop)
    {
        List<Recheck> settled = [];
        bool isSilent = false;
        foreach (AccessGrant grant in Waiting())
        {
            if (grants.Find(grant.Id, grant.Key, grant.Crew) is null)
            {
                Forget(grant);
                continue;
            }

            StatusQuestion question = grant.AskAgain!;
            StatusEvidence evidence = isSilent
                ? statuses.AtHand(question)
                : await statuses.LookUpAsync(question, stop);
            isSilent |= evidence.Problem is OcspProblem.Unreachable or OcspProblem.TimedOut;
            RevocationFinding finding = statuses.Decide(question, evidence);
            if (IsSettled(finding.Tier))
            {
                Forget(grant);
                settled.Add(Settle(grant, finding));
            }
        }

        return settled;
    }

    /// <summary>A forged answer settles nothing: whoever forges must not be able to end a grant either.</summary>
    private static bool IsSettled(RevocationTier tier) =>
        tier is RevocationTier.OcspFresh or RevocationTier.Revoked or RevocationTier.UnknownSerial;

    private Recheck Settle(AccessGrant grant, RevocationFinding finding)
    {
        bool hasEnded = finding.Tier != RevocationTier.OcspFresh;
        if (hasEnded)
        {
            // Before anything is written: nobody reads on while a disk is slow.
            grants.End(grant.Id);
            RevocationLog.GrantEnded(logger, finding.Tier, grant.Id.Value);
        }

        RecheckAudit detail = new(
            grant.Id.Value,
            grant.Incident.Value,
            grant.Patient.Number,
            grant.PatientRef.Value,
            grant.Unit.Value,
            grant.Crew.Value,
            grant.Device.Value,
            finding.Tier,
            finding.Method,
            finding.ThisUpdate,
            RevocationAges.Seconds(finding.Age),
            hasEnded,
            Alert: hasEnded,
            time.GetUtcNow()
        );
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(detail, FactsJson.Default.RecheckAudit);
        AuditEntry row = new(RecheckedEvent, Subjects.Of(grant.Incident), body);
        return new Recheck(grant.Id, grant.Department, hasEnded, new CommitPart { Audit = [row] });
    }

    private AccessGrant[] Waiting()
    {
        lock (_gate)
        {
            int first = _waiting.Count == 0 ? 0 : (int)(_round++ % (uint)_waiting.Count);
            return [.. _waiting.Values.Skip(first), .. _waiting.Values.Take(first)];
        }
    }

    private void Forget(AccessGrant grant)
    {
        lock (_gate)
        {
            _waiting.Remove(grant.Id);
        }
    }
}
