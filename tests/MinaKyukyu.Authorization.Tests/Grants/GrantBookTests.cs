using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Tests.Grants;

public sealed class GrantBookTests
{
    [Fact]
    public async Task A_grant_belongs_to_its_device_key_and_its_crew()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await OpenAsync(world);
        Assert.NotNull(world.Grants.Find(grant.Id, grant.Key, grant.Crew));
        Assert.Null(world.Grants.Find(grant.Id, CardWorld.KeyOf("d-2"), grant.Crew));
        Assert.Null(world.Grants.Find(grant.Id, grant.Key, new CrewId("c-2")));
        Assert.Null(world.Grants.Find(new GrantId("g-unknown"), grant.Key, grant.Crew));
    }

    [Fact]
    public async Task A_grant_ends_after_two_hours()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await OpenAsync(world);
        world.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMilliseconds(1));
        Assert.True(IsOpen(world, grant));
        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(IsOpen(world, grant));
        Assert.Equal(0, world.Grants.Count);
    }

    [Fact]
    public async Task Setting_the_wall_clock_back_prolongs_no_grant()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await OpenAsync(world);
        world.Time.JumpWall(TimeSpan.FromDays(-1));
        world.Time.Advance(TimeSpan.FromHours(2));
        Assert.False(IsOpen(world, grant));
    }

    [Fact]
    public async Task Handover_of_one_patient_ends_that_patients_grants_alone()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await OpenAsync(world);
        Assert.Empty(world.Grants.EndFor(grant.Incident, new PatientSlot(2)));
        Assert.Empty(world.Grants.EndFor(new IncidentId("i-2"), grant.Patient));
        Assert.True(IsOpen(world, grant));
        Assert.Equal([grant.Id], world.Grants.EndFor(grant.Incident, grant.Patient));
        Assert.False(IsOpen(world, grant));
    }

    [Fact]
    public async Task A_released_unit_ends_its_grants()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant one = await OpenAsync(world);
        Assert.Empty(world.Grants.EndFor(one.Incident, new UnitId("kita-3")));
        Assert.Equal([one.Id], world.Grants.EndFor(one.Incident, one.Unit));
    }

    [Fact]
    public async Task A_grant_whose_ground_ended_while_it_was_being_written_does_not_open()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        var granted = (AccessDecision.Granted)world.Decide(check, CardWorld.Pin(check));
        world.Withdrawals.Withdraw(CardWorld.Crew);
        AccessGrant grant = granted.Grant.Confirm(await world.CommitAsync(granted.Part));
        Assert.False(world.Grants.Keep(grant));
        Assert.False(IsOpen(world, grant));

        // A new consent, after a new question, opens again.
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(IsOpen(world, await OpenAsync(world)));
    }

    [Fact]
    public async Task Withdrawal_stops_viewing_at_once_and_is_recorded()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await OpenAsync(world);
        CardCheck open = await world.BeginAsync();
        var withdrawn = Assert.IsType<ConsentWithdrawal.Withdrawn>(
            world.Withdrawals.Withdraw(CardWorld.Crew)
        );
        Assert.False(IsOpen(world, grant));
        Assert.Equal([grant.Id], withdrawn.EndedGrants);

        await world.CommitAsync(withdrawn.Part);
        Assert.Equal("authorization.consent-withdrawn", (await world.FactsAsync())[^1].Fact.Kind);
        Assert.Equal("consent.withdrawn", (await world.AuditAsync())[^1].Event);
        await world.RefusesAsync(
            RefusalReason.ChallengeUnknown,
            () => world.Decide(open, CardWorld.Pin(open))
        );
    }

    [Fact]
    public async Task Keeping_a_grant_twice_changes_nothing()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await OpenAsync(world);
        Assert.True(world.Grants.Keep(grant));
        Assert.Equal(1, world.Grants.Count);
    }

    private static async Task<AccessGrant> OpenAsync(CardWorld world)
    {
        CardCheck check = await world.BeginAsync();
        return await world.GrantAsync(check, CardWorld.Pin(check));
    }

    private static bool IsOpen(CardWorld world, AccessGrant grant) =>
        world.Grants.Find(grant.Id, grant.Key, grant.Crew) is not null;
}
