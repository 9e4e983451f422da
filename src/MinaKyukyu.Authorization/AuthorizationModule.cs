using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Authorization.Ports;

namespace MinaKyukyu.Authorization;

/// <summary>The door of this room.</summary>
public static class AuthorizationModule
{
    /// <summary>Adds card checks, access decisions and the book of grants. Needs a <see cref="TimeProvider"/> and an id source beside it.</summary>
    /// <param name="verifier">Null: no special verifier is known.</param>
    /// <remarks>Everything that cannot stand together (a simulated approval or verifier beside production anchors, a value out of range) throws here, before anything listens.</remarks>
    public static IServiceCollection AddCardAuthorization(
        this IServiceCollection services,
        AuthorizationOptions options,
        TrustAnchors anchors,
        TrustedVerifier? verifier,
        PatientRefKey patientRefs
    )
    {
        options.RequireValid();
        LevelGates gates = new(anchors.Kind, options.LevelB, options.LevelA);
        NoRevocationSource revocation = new();
        services.AddSingleton(options);
        services.AddSingleton(patientRefs);
        services.AddSingleton<INonceSource, SystemNonceSource>();
        services.AddSingleton<IRevocationSource>(revocation);
        services.AddSingleton(new CardVerifier(anchors, verifier, gates, revocation, options));
        services.AddSingleton<ChallengeBook>();
        services.AddSingleton<GrantBook>();
        services.AddSingleton<CardCheckDecisions>();
        services.AddSingleton<AccessDecisions>();
        services.AddSingleton<ConsentWithdrawals>();
        services.AddSingleton<EmergencyReadsProjection>();
        services.AddSingleton<CardChecksProjection>();
        services.AddSingleton(new SuspicionOptions());
        return services;
    }
}
