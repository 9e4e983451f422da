using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;

namespace MinaKyukyu.Authorization;

/// <summary>The door of this room.</summary>
public static class AuthorizationModule
{
    /// <summary>Adds card checks, access decisions and the book of grants. Needs a <see cref="TimeProvider"/>, an id source and logging beside it.</summary>
    /// <param name="verifier">Null: no special verifier is known.</param>
    /// <param name="responder">Whom to ask whether a card is revoked; null: nobody.</param>
    /// <param name="lists">Where revocation lists come from; without them and without a responder, production anchors accept no card.</param>
    /// <remarks>Everything that cannot stand together (a simulated approval or verifier beside production anchors, a value out of range) throws here, before anything listens.</remarks>
    public static IServiceCollection AddCardAuthorization(
        this IServiceCollection services,
        AuthorizationOptions options,
        TrustAnchors anchors,
        TrustedVerifier? verifier,
        PatientRefKey patientRefs,
        IOcspResponder? responder = null,
        IReadOnlyList<ICrlSource>? lists = null
    )
    {
        options.RequireValid();
        LevelGates gates = new(anchors.Kind, options.LevelB, options.LevelA);
        services.AddSingleton(options);
        services.AddSingleton(patientRefs);
        services.AddSingleton<INonceSource, SystemNonceSource>();
        services.AddRevocation(options.Revocation, anchors, responder, lists ?? []);
        // Said here and not when first asked for: before anything listens.
        CardVerifier.RequireTogether(anchors, verifier);
        services.AddSingleton(s => new CardVerifier(
            anchors,
            verifier,
            gates,
            s.GetRequiredService<CardStatuses>(),
            options
        ));
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

    private static void AddRevocation(
        this IServiceCollection services,
        RevocationOptions options,
        TrustAnchors anchors,
        IOcspResponder? responder,
        IReadOnlyList<ICrlSource> lists
    )
    {
        services.AddSingleton(options);
        services.AddSingleton(s => new CrlBook(
            lists,
            anchors,
            options,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<CrlBook>>()
        ));
        services.AddSingleton(s => new CardStatuses(
            responder,
            s.GetRequiredService<CrlBook>(),
            options,
            s.GetRequiredService<INonceSource>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<CardStatuses>>()
        ));
        services.AddSingleton<StatusRechecks>();
    }
}
