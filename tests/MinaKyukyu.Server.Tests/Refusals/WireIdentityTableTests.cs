using Grpc.Core;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Tests.Identity;
using MinaKyukyu.Server.Tests.Wire;
using Caller = MinaKyukyu.Server.Tests.Wire.Caller;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>The wire's negative table, by token and by tablet, in the house as it stands in a department.</summary>
public sealed class WireIdentityTableTests(HouseWithStrangers house)
    : IClassFixture<HouseWithStrangers>
{
    public static TheoryData<string> Tokens => [.. WireRow.Tokens.Select(r => r.Name)];

    public static TheoryData<string> Tablets => [.. WireRow.Tablets.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task Knows_nobody_by_a_token_that_does_not_fit(string name)
    {
        WireRow row = WireRow.Find(name);
        // The role is one that may call, wherever consoles may: the flaw is all that is wrong.
        string role = Enum.GetValues<CallerRole>()
            .Where(r => !r.IsCrew() && row.Method.Allows(r))
            .Select(RoleWords.Of)
            .FirstOrDefault("dispatcher");
        Caller console = house.Console(new TokenMint(house.Issuer).Unfit(row.How, role));
        await Refuses.WithAsync(row.Reason, house, () => row.Method.CallAsync(console, []));
    }

    [Theory]
    [MemberData(nameof(Tablets))]
    public async Task Knows_no_tablet_that_is_not_the_departments(string name)
    {
        WireRow row = WireRow.Find(name);
        Caller tablet = house.Strangers[row.How];
        if (row.Reason != WireRow.NoConnection)
        {
            await Refuses.WithAsync(row.Reason, house, () => row.Method.CallAsync(tablet, []));
            return;
        }

        TruthNow before = await house.Truth.NowAsync();
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() =>
            row.Method.CallAsync(tablet, [])
        );
        // No connection has no status; which one stands for a handshake that was broken off is the client library's choice.
        Assert.Contains(failure.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal });
        Assert.Equal(before, await house.Truth.NowAsync());
    }
}

/// <summary>The department's house, and the tablets that are not its own.</summary>
public sealed class HouseWithStrangers : SecureHouse
{
    private DeviceAuthority? _other;

    internal Dictionary<string, Caller> Strangers { get; } = new(StringComparer.Ordinal);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        UnitPlan unit = Unit(0);
        _other = DeviceAuthority.Create(Plan.Id, TimeProvider.System.GetUtcNow());
        Caller revoked = await EnrollAsync(unit);
        await Console(CallerRole.Dispatcher)
            .Enrolment.RevokeDeviceAsync(
                new RevokeDeviceRequest
                {
                    RequestId = Next(),
                    DeviceId = unit.Device.Value,
                    Reason = DeviceRevocationReason.Lost,
                }
            );
        Strangers["no certificate"] = Bare();
        Strangers["a certificate of another authority"] = Stranger(unit.Device.Value, _other);
        Strangers["a certificate that nobody enrolled"] = Stranger(unit.Device.Value);
        Strangers["a certificate that was revoked"] = revoked;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _other?.Dispose();
    }
}
