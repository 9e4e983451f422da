using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Tests.Refusals;
using Caller = MinaKyukyu.Server.Tests.Wire.Caller;

namespace MinaKyukyu.Server.Tests.Identity;

/// <summary>Consoles call with a token of the department's issuer; any that does not fit in every point is nobody's.</summary>
public sealed class TokenTests(SecureHouse house) : IClassFixture<SecureHouse>
{
    private TokenMint Tokens => new(house.Issuer);

    [Fact]
    public async Task A_dispatcher_with_a_token_opens_an_incident()
    {
        Assert.NotNull(
            await house
                .Console(CallerRole.Dispatcher)
                .Incidents.ListIncidentsAsync(new ListIncidentsRequest())
        );
    }

    [Fact]
    public async Task A_role_of_a_tablet_is_never_believed_from_a_token() =>
        await IsNobodyAsync(Tokens.Mint(roles: ["crew"]));

    public static TheoryData<string> Unfit => [.. TokenMint.Flaws];

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task A_token_that_does_not_fit_is_nobodys(string how) =>
        await IsNobodyAsync(Tokens.Unfit(how));

    [Fact]
    public async Task The_tokens_of_these_tests_are_good_but_for_what_is_wrong_with_them() =>
        await house.Console(Tokens.Mint()).Incidents.ListIncidentsAsync(new ListIncidentsRequest());

    private Task IsNobodyAsync(string? token)
    {
        Caller console = house.Console(token);
        return Refuses.WithAsync(
            "UNAUTHENTICATED",
            house,
            () => console.Incidents.ListIncidentsAsync(new ListIncidentsRequest()).ResponseAsync
        );
    }
}
