using System.Text;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Authorization.Tests.Oversight;

/// <summary>What the chain tells, read back from the very rows that the decisions write.</summary>
public sealed class AccessTrailsTests
{
    private static readonly OversightHand Officer = new(
        "information-officer",
        new DeviceId("desk-1")
    );

    private static readonly Code Justified = new(EmergencyDecisions.FindingTable, "justified");

    [Fact]
    public async Task Follows_a_view_without_consent_from_the_grant_to_the_officers_finding()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await ReadWithoutConsentAsync(world);
        DateTimeOffset openedAt = world.Time.GetUtcNow();
        await NoteAsync(
            world,
            SummaryAudit.Opened(grant, new SeenFrom(120, 7), isHolderConfirmed: false, openedAt)
        );
        await NoteAsync(
            world,
            SummaryAudit.Shown(grant, ["risks"], ["visits"], "partial", openedAt, openedAt)
        );
        await NoteAsync(world, SummaryAudit.Purged(grant, "attendance-ended", true, openedAt));
        EmergencyReadsState state = await StateAsync(world);
        var closed = Assert.IsType<EmergencyDecision.Closed>(
            EmergencyDecisions.Close(state, grant.Id, Justified, "確認済み", Officer, openedAt)
        );
        await world.CommitAsync(closed.Part);
        var printed = Assert.IsType<EmergencyDecision.Printed>(
            EmergencyDecisions.Print(await StateAsync(world), grant.Id, Officer, openedAt)
        );
        await world.CommitAsync(printed.Part);

        AccessTrail trail = Assert.Single(await TrailsAsync(world));
        Assert.Equal(
            (grant.Id, grant.PatientRef, grant.Crew, "C", "not-obtainable", true),
            (trail.Id, trail.PatientRef, trail.Crew, trail.Level, trail.Consent, trail.IsEmergency)
        );
        Reading reading = Assert.Single(trail.Readings);
        Assert.Equal(
            (120, 7, "partial"),
            (reading.DistanceMeters, reading.PositionAgeSeconds, reading.Ended)
        );
        Assert.Equal(["risks"], reading.Shown.AsEnumerable());
        Assert.Equal((openedAt, "justified"), (trail.PurgedAt, trail.Finding));
        Assert.Equal([1L], trail.Notices.AsEnumerable());

        // The state is the journal's: a replay gives the same, and nothing waits any more.
        EmergencyReadsState replayed = await StateAsync(world);
        Assert.Empty(replayed.Open);
        Assert.Equal(closed.Read with { NoticesPrinted = 1 }, replayed.Find(grant.Id));
    }

    [Fact]
    public async Task Of_two_who_close_the_same_read_at_once_the_journal_lets_one()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await ReadWithoutConsentAsync(world);
        EmergencyReadsState state = await StateAsync(world);
        EmergencyDecision.Closed[] both =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(_ =>
                    Assert.IsType<EmergencyDecision.Closed>(
                        EmergencyDecisions.Close(
                            state,
                            grant.Id,
                            Justified,
                            "確認済み",
                            Officer,
                            world.Time.GetUtcNow()
                        )
                    )
                ),
        ];
        await world.CommitAsync(both[0].Part);
        Assert.IsType<CommitOutcome.ClaimTaken>(
            await world.TryCommitAsync(both[1].Part, world.NextRequest())
        );
    }

    [Fact]
    public async Task Open_reads_stand_oldest_first()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        List<GrantId> grants = [];
        for (int i = 0; i < 3; i++)
        {
            grants.Add((await ReadWithoutConsentAsync(world)).Id);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        EmergencyReadsState state = await StateAsync(world);
        Assert.Equal(grants, state.Open.Select(r => r.Id));
        Assert.Equal(state.Open.First().ReadAt, state.OldestOpenSince);
    }

    [Fact]
    public async Task A_withdrawal_stands_in_the_trail_of_the_grants_that_it_ended()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        await world.GrantAsync(check, CardWorld.Pin(check));
        var withdrawn = Assert.IsType<ConsentWithdrawal.Withdrawn>(
            world.Withdrawals.Withdraw(CardWorld.Crew)
        );
        await world.CommitAsync(withdrawn.Part);
        AccessTrail trail = Assert.Single(await TrailsAsync(world));
        Assert.Equal(world.Time.GetUtcNow(), trail.WithdrawnAt);
        Assert.False(trail.IsEmergency);
        Assert.Empty((await StateAsync(world)).Reads);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_counted_and_the_others_are_told()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await ReadWithoutConsentAsync(world);
        var trails = new AccessTrails();
        foreach (AuditRow row in await world.AuditAsync())
        {
            trails.Apply(row);
            trails.Apply(row with { Detail = Encoding.UTF8.GetBytes("{\"grantId\":7}") });
            trails.Apply(row with { Detail = new byte[] { 0xff, 0x00 } });
        }

        Assert.Equal(grant.Id, Assert.Single(trails.ToImmutable()).Id);
        Assert.Equal(4, trails.Unreadable);
    }

    private static async Task<AccessGrant> ReadWithoutConsentAsync(CardWorld world)
    {
        CardCheck check = await world.BeginAsync(consent: CardWorld.NotObtainable);
        return await world.GrantAsync(check, CardWorld.Pin(check));
    }

    private static Task NoteAsync(CardWorld world, AuditEntry row) =>
        world.CommitAsync(new CommitPart { Audit = [row] });

    private static async Task<IReadOnlyList<AccessTrail>> TrailsAsync(CardWorld world)
    {
        var trails = new AccessTrails();
        foreach (AuditRow row in await world.AuditAsync())
        {
            trails.Apply(row);
        }

        Assert.Equal(0, trails.Unreadable);
        return trails.ToImmutable();
    }

    private static async Task<EmergencyReadsState> StateAsync(CardWorld world)
    {
        var projection = new EmergencyReadsProjection();
        projection.Apply((JournaledFact[])[.. await world.FactsAsync()]);
        return projection.Current;
    }
}
