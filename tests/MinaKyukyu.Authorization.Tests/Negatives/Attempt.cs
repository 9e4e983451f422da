using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.StandIn.Verifier;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>One way from a crew's wish to a grant. As it stands here it is granted; a row of the table changes one thing.</summary>
internal sealed record Attempt
{
    public static LevelApproval Approval { get; } =
        new(ApprovedVerifier.ApprovalId, new DateOnly(2026, 4, 1), "fire-chief");

    /// <summary>Level C with the everyday card.</summary>
    public static Attempt Pin { get; } = new();

    /// <summary>Level B with the everyday card.</summary>
    public static Attempt Asserted { get; } =
        new() { Evidence = (world, check) => world.Asserted(check) };

    /// <summary>Level A, for which every gate stands open.</summary>
    public static Attempt Read { get; } =
        new()
        {
            Evidence = (_, _) => new CardEvidence.CertificateRead(TestCards.Everyday.Certificate),
        };

    /// <summary>All gates open unless a row closes one.</summary>
    public Func<CardWorld.Setting, CardWorld.Setting> World { get; init; } = s => s;

    /// <summary>Who begins the check; null: nobody that is known.</summary>
    public AttendingCrew? Beginning { get; init; } = CardWorld.Crew;

    /// <summary>Who asks for access; null: nobody that is known.</summary>
    public AttendingCrew? Asking { get; init; } = CardWorld.Crew;

    public IdentityCheck Identity { get; init; } = IdentityCheck.PhotoMatchedByCrew;

    public ConsentBasis Consent { get; init; } = CardWorld.Spoken;

    public CardLevel Least { get; init; } = CardLevel.CertificateRead;

    public Func<CardWorld, CardCheck, CardEvidence> Evidence { get; init; } =
        (_, check) => CardWorld.Pin(check);

    /// <summary>Under which challenge the evidence is handed in.</summary>
    public Func<CardCheck, ChallengeId> Under { get; init; } = check => check.Challenge.Id;

    /// <summary>What happens before the crew begins.</summary>
    public Func<CardWorld, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>What happens between the card's answer and the asking.</summary>
    public Func<CardWorld, CardCheck, CardEvidence, Task> Meanwhile { get; init; } =
        (_, _, _) => Task.CompletedTask;

    public Attempt After(Action<CardWorld> moving) =>
        this with
        {
            Meanwhile = (world, _, _) =>
            {
                moving(world);
                return Task.CompletedTask;
            },
        };

    /// <summary>Walks the way and asserts that it ends in this refusal, with nothing changed by it.</summary>
    public async Task IsRefusedAsync(RefusalReason reason)
    {
        await using CardWorld world = await OpenAsync();
        if (BeginsIn(world) is not CardCheckDecision.Begun begun)
        {
            // A beginning that refuses is asked twice: a refusal must not change what is refused next.
            await world.RefusesAsync(reason, () => BeginsIn(world));
            return;
        }

        Func<AccessDecision> asking = await PrepareAsync(world, begun);
        await world.RefusesAsync(reason, asking);
        await world.RefusesAsync(reason, asking);
    }

    /// <summary>Walks the way and asserts that it ends in a grant that is kept.</summary>
    public async Task IsGrantedAsync()
    {
        await using CardWorld world = await OpenAsync();
        var begun = Assert.IsType<CardCheckDecision.Begun>(BeginsIn(world));
        AccessDecision decision = (await PrepareAsync(world, begun))();
        Assert.Null((decision as AccessDecision.Refused)?.Reason);
        var granted = Assert.IsType<AccessDecision.Granted>(decision);
        if (Asking?.DepartmentId != CardWorld.Department)
        {
            // This node owns one department; a yes to another's crew is a yes, and is not committed here.
            return;
        }

        int before = world.Grants.Count;
        Assert.True(
            world.Grants.Keep(granted.Grant.Confirm(await world.CommitAsync(granted.Part)))
        );
        Assert.Equal(before + 1, world.Grants.Count);
    }

    private async Task<CardWorld> OpenAsync()
    {
        CardWorld world = await CardWorld.OpenAsync(s =>
            World(
                s with
                {
                    Options = new AuthorizationOptions { LevelA = Approval, LevelB = Approval },
                }
            )
        );
        await Before(world);
        return world;
    }

    private CardCheckDecision BeginsIn(CardWorld world) =>
        world.Checks.Begin(Beginning, Identity, Consent);

    private async Task<Func<AccessDecision>> PrepareAsync(
        CardWorld world,
        CardCheckDecision.Begun begun
    )
    {
        await world.CommitAsync(begun.Part);
        CardEvidence evidence = Evidence(world, begun.Check);
        await Meanwhile(world, begun.Check, evidence);
        RequestId request = world.NextRequest();
        return () =>
        {
            using ExaminedCard card = world.Access.Examine(evidence);
            return world.Access.Decide(
                new AccessRequest(request, Under(begun.Check), card, Least),
                Asking
            );
        };
    }
}
