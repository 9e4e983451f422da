using Grpc.Core;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Tests.Refusals;
using MinaKyukyu.Tablet.Link;
using Caller = MinaKyukyu.Server.Tests.Wire.Caller;

namespace MinaKyukyu.Server.Tests.Identity;

/// <summary>The second factor: what a member knows, beside the tablet that the crew has.</summary>
public sealed class PersonalSignOnTests(SecureHouse house) : IClassFixture<SecureHouse>
{
    [Fact]
    public async Task Five_wrong_tries_lock_a_member_until_headquarters_registers_anew()
    {
        Caller tablet = await house.EnrollAsync(house.Unit(0));
        await house.RegisterAsync("100", MemberRole.Leader, "628405");
        for (int wrong = 1; wrong < 5; wrong++)
        {
            await RefusesAsync("MEMBER_NOT_VERIFIED", tablet, "100", "111222");
        }

        await RefusesAsync("MEMBER_LOCKED", tablet, "100", "111222");
        // The right one comes too late, on any tablet.
        await RefusesAsync("MEMBER_LOCKED", tablet, "100", "628405");
        Assert.NotNull(
            (await house.Administrator.Enrolment.ListMembersAsync(new ListMembersRequest()))
                .Members.Single(m => m.MemberNumber == "100")
                .LockTime
        );
        await house.RegisterAsync("100", MemberRole.Leader, "730516");
        Assert.NotEmpty(await SecureHouse.ProveAsync(tablet, "100", "730516"));
        await RefusesAsync("MEMBER_NOT_VERIFIED", tablet, "100", "628405");
    }

    [Fact]
    public async Task Nobody_learns_whether_a_number_is_a_members()
    {
        Caller tablet = await house.EnrollAsync(house.Unit(1));
        await house.RegisterAsync("200", MemberRole.Member, "915027");
        await RefusesAsync("MEMBER_NOT_VERIFIED", tablet, "200", "000111");
        await RefusesAsync("MEMBER_NOT_VERIFIED", tablet, "no-such-member", "000111");
    }

    [Fact]
    public async Task A_ticket_is_good_on_the_tablet_where_it_was_earned()
    {
        Caller first = await house.EnrollAsync(house.Unit(2));
        Caller second = await house.EnrollAsync(house.Unit(3));
        await house.RegisterAsync("300", MemberRole.Leader, "447091");
        string ticket = await SecureHouse.ProveAsync(first, "300", "447091");
        await Refuses.WithAsync(
            "MEMBER_TICKET_UNKNOWN",
            house,
            () => house.SignOnAsync(second, house.Unit(3), ticket)
        );
        await house.SignOnAsync(first, house.Unit(2), ticket);
    }

    [Fact]
    public async Task A_removed_member_signs_on_nowhere_and_the_secret_is_gone()
    {
        Caller tablet = await house.EnrollAsync(house.Unit(4));
        await house.RegisterAsync("400", MemberRole.Member, "318264");
        await house.Administrator.Enrolment.RemoveMemberAsync(
            new RemoveMemberRequest { RequestId = house.Next(), MemberNumber = "400" }
        );
        await RefusesAsync("MEMBER_NOT_VERIFIED", tablet, "400", "318264");
    }

    [Fact]
    public async Task No_crew_enrols_and_no_analyst_revokes()
    {
        UnitPlan unit = house.Unit(5);
        Caller tablet = await house.EnrollAsync(unit);
        var revoke = new RevokeDeviceRequest
        {
            RequestId = house.Next(),
            DeviceId = unit.Device.Value,
            Reason = DeviceRevocationReason.Lost,
        };
        await Refuses.WithAsync(
            "ROLE_NOT_ALLOWED",
            house,
            () => tablet.Enrolment.RevokeDeviceAsync(revoke).ResponseAsync
        );
        await Refuses.WithAsync(
            "ROLE_NOT_ALLOWED",
            house,
            () =>
                house
                    .Console(Server.Identity.CallerRole.Analyst)
                    .Enrolment.RevokeDeviceAsync(revoke)
                    .ResponseAsync
        );
    }

    private static async Task RefusesAsync(string reason, Caller tablet, string number, string pin)
    {
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() =>
            SecureHouse.ProveAsync(tablet, number, pin)
        );
        Assert.Equal(reason, Refusal.Of(failure).Reason);
    }
}
