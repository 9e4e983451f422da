using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Tests;

public sealed class AuthorizationOptionsTests
{
    private static readonly PatientRefKey Key = new(SHA256.HashData("key"u8));

    [Fact]
    public void The_room_opens_with_its_defaults()
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new ManualTime());
        services.AddSingleton<IIdSource>(new SequentialIds());
        services.AddCardAuthorization(new AuthorizationOptions(), TestCards.Anchors, null, Key);
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<AccessDecisions>());
        Assert.NotNull(provider.GetRequiredService<ConsentWithdrawals>());
        Assert.NotNull(provider.GetRequiredService<Authorization.CardChecks.CardCheckDecisions>());
    }

    public static TheoryData<string> Wrong { get; } =
    ["challenge-too-long", "challenge-too-short", "grant-too-long", "no-room"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_out_of_range_does_not_start(string which)
    {
        AuthorizationOptions options = new();
        switch (which)
        {
            case "challenge-too-long":
                options.ChallengeLifetime = TimeSpan.FromSeconds(61);
                break;
            case "challenge-too-short":
                options.ChallengeLifetime = TimeSpan.FromSeconds(9);
                break;
            case "grant-too-long":
                options.GrantLifetime = TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1);
                break;
            default:
                options.MostOpenChallenges = 0;
                break;
        }

        Assert.Throws<ValidationException>(() =>
            new ServiceCollection().AddCardAuthorization(options, TestCards.Anchors, null, Key)
        );
    }

    [Fact]
    public void A_simulated_approval_beside_production_anchors_does_not_start()
    {
        using var production = StandIn.Cards.TestCardAuthority.Create(
            TestCards.Start,
            TestCards.NextSerial,
            StandIn.Cards.TestProfile.AuthorityName("JPKI")
        );
        TrustAnchors anchors = TrustAnchors.Load(
            [production.Certificate.ExportCertificatePem()],
            [Convert.ToHexString(SHA256.HashData(production.Certificate.RawData))]
        );
        AuthorizationOptions options = new()
        {
            LevelB = new LevelApproval("SIMULATED-0001", new DateOnly(2026, 4, 1), "fire-chief"),
        };
        Assert.Throws<ArgumentException>(() =>
            new ServiceCollection().AddCardAuthorization(options, anchors, null, Key)
        );
    }

    [Fact]
    public void A_short_key_for_patient_references_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new PatientRefKey(new byte[31]));
        Assert.NotNull(new PatientRefKey(new byte[32]));
    }
}
