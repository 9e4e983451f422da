using System.Text.Json;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Revocation;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>The table through the whole decision: who is let in, with which note, and what is written of it (N2, N3).</summary>
public sealed class ReadTests
{
    private static readonly LevelApproval LevelA = new("HQ-7", new DateOnly(2026, 1, 1), "chief");

    private readonly ManualTime _time = new();
    private readonly TestResponder _responder;

    public ReadTests() => _responder = new TestResponder(_time);

    public static TheoryData<string, string, object?> Cells { get; } = Every();

    /// <summary>Tier × kind of read, with the card in hand; null: let in.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Each_cell_of_the_table_for_a_crew(string tier, string read, object? expected)
    {
        await using CardWorld world = await OpenAsync();
        await PrepareAsync(world, tier);
        CardCheck check = await world.BeginAsync(
            consent: read == "no-consent" ? CardWorld.NotObtainable : CardWorld.Spoken
        );
        CardEvidence evidence = read switch
        {
            "level-a" => new CardEvidence.CertificateRead(TestCards.Everyday.Certificate),
            "level-b" => world.Asserted(check),
            _ => CardWorld.Pin(check),
        };
        AccessDecision decision = await world.AskAndDecideAsync(check, evidence);
        if (expected is RefusalReason reason)
        {
            Assert.Equal(reason, Assert.IsType<AccessDecision.Refused>(decision).Reason);
            return;
        }

        var granted = Assert.IsType<AccessDecision.Granted>(decision);
        CardNote? note = tier switch
        {
            "cached" => CardNote.RevocationCached,
            "list" => CardNote.RevocationPossiblyStale,
            "nothing" => CardNote.RevocationUnknown,
            _ => null,
        };
        Assert.Equal(
            note is { } n ? [n] : [],
            granted.Grant.Notes.Where(x => x != CardNote.Simulated)
        );
    }

    [Fact]
    public async Task The_audit_row_says_on_what_it_rests_that_the_card_is_not_revoked()
    {
        await using CardWorld world = await OpenAsync();
        CardCheck first = await world.BeginAsync();
        await GrantAsync(world, first);
        await PrepareAsync(world, "cached");
        CardCheck second = await world.BeginAsync();
        await GrantAsync(world, second);
        _time.Advance(TimeSpan.FromHours(3));
        CardCheck third = await world.BeginAsync(consent: CardWorld.NotObtainable);
        await GrantAsync(world, third);

        List<AuditRow> rows = await world.AuditAsync();
        Assert.Equal(
            ["OcspFresh Ocsp 0", "OcspCached Ocsp 1200", "NothingFresh – –", "NothingFresh – –"],
            rows.Select(Words)
        );
        // A read on nothing fresh alerts, as every emergency read does.
        Assert.Equal(AccessDecisions.EmergencyEvent, rows[^1].Event);
    }

    [Fact]
    public async Task A_card_let_in_on_nothing_fresh_is_asked_about_again_and_revoked_ends_its_grant()
    {
        await using CardWorld world = await OpenAsync();
        await PrepareAsync(world, "nothing");
        CardCheck check = await world.BeginAsync(consent: CardWorld.NotObtainable);
        AccessGrant grant = await GrantAsync(world, check);
        world.Rechecks.Keep(grant);
        Assert.Equal(1, world.Rechecks.Count);

        Assert.Empty(await world.Rechecks.RunAsync(CancellationToken.None));
        Assert.NotNull(world.Grants.Find(grant.Id, grant.Key, grant.Crew));
        // Whoever forges an answer ends no grant either.
        _responder.Answer = a => TestResponder.Reply(a.Right with { Nonce = [1] });
        Assert.Empty(await world.Rechecks.RunAsync(CancellationToken.None));
        Assert.Equal(1, world.Rechecks.Count);

        _responder.Answer = a =>
            TestResponder.Reply(a.Saying(s => s with { Word = OcspWord.Revoked }));
        Recheck found = Assert.Single(await world.Rechecks.RunAsync(CancellationToken.None));
        Assert.True(found.HasEnded);
        Assert.Null(world.Grants.Find(grant.Id, grant.Key, grant.Crew));
        await world.CommitAsync(found.Part);
        AuditRow row = (await world.AuditAsync())[^1];
        Assert.Equal(StatusRechecks.RecheckedEvent, row.Event);
        using JsonDocument detail = JsonDocument.Parse(row.Detail);
        Assert.Equal("Revoked", detail.RootElement.GetProperty("revocation").GetString());
        Assert.True(detail.RootElement.GetProperty("ended").GetBoolean());
        Assert.True(detail.RootElement.GetProperty("alert").GetBoolean());
        Assert.Equal(world.Time.GetUtcNow(), (await TrailAsync(world)).RevokedAt);
        Assert.Equal(0, world.Rechecks.Count);
        Assert.Empty(await world.Rechecks.RunAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("cached")]
    [InlineData("list")]
    [InlineData("nothing")]
    public async Task A_card_that_turns_out_good_reads_on_and_that_is_written(string tier)
    {
        await using CardWorld world = await OpenAsync();
        await PrepareAsync(world, tier);
        CardCheck check = await world.BeginAsync(consent: CardWorld.NotObtainable);
        AccessGrant grant = await GrantAsync(world, check);
        world.Rechecks.Keep(grant);
        _responder.Answer = a => TestResponder.Reply(a.Right);
        Recheck found = Assert.Single(await world.Rechecks.RunAsync(CancellationToken.None));
        Assert.False(found.HasEnded);
        Assert.NotNull(world.Grants.Find(grant.Id, grant.Key, grant.Crew));
        Assert.Equal(0, world.Rechecks.Count);
        await world.CommitAsync(found.Part);
        Assert.Null((await TrailAsync(world)).RevokedAt);
    }

    /// <summary>What the officer is shown of the one grant.</summary>
    private static async Task<AccessTrail> TrailAsync(CardWorld world)
    {
        AccessTrails trails = new();
        foreach (AuditRow row in await world.AuditAsync())
        {
            trails.Apply(row);
        }

        Assert.Equal(0, trails.Unreadable);
        return Assert.Single(trails.ToImmutable());
    }

    [Fact]
    public async Task A_fresh_card_is_not_asked_about_again_nor_one_whose_grant_is_over()
    {
        await using CardWorld world = await OpenAsync();
        CardCheck fresh = await world.BeginAsync();
        world.Rechecks.Keep(await GrantAsync(world, fresh));
        Assert.Equal(0, world.Rechecks.Count);

        await PrepareAsync(world, "nothing");
        CardCheck check = await world.BeginAsync(consent: CardWorld.NotObtainable);
        AccessGrant grant = await GrantAsync(world, check);
        world.Rechecks.Keep(grant);
        world.Grants.EndFor(grant.Incident, grant.Patient);
        int asked = _responder.Questions;
        Assert.Empty(await world.Rechecks.RunAsync(CancellationToken.None));
        Assert.Equal(0, world.Rechecks.Count);
        Assert.Equal(asked, _responder.Questions);
    }

    [Fact]
    public async Task A_list_that_comes_later_ends_the_grant_of_a_card_that_it_names()
    {
        await using CardWorld world = await OpenAsync();
        await PrepareAsync(world, "list");
        CardCheck check = await world.BeginAsync();
        AccessGrant grant = await GrantAsync(world, check);
        world.Rechecks.Keep(grant);
        _time.Advance(TimeSpan.FromMinutes(20));
        Load(world, TestCards.Everyday.Serial);
        Recheck found = Assert.Single(await world.Rechecks.RunAsync(CancellationToken.None));
        Assert.True(found.HasEnded);
    }

    [Fact]
    public async Task A_card_without_photo_carries_its_note()
    {
        await using CardWorld world = await OpenAsync();
        CardCheck check = await world.BeginAsync(identity: IdentityCheck.GuardianConfirmed);
        var granted = Assert.IsType<AccessDecision.Granted>(
            await world.AskAndDecideAsync(check, CardWorld.Pin(check))
        );
        Assert.Equal(CardNote.NoPhoto, Assert.Single(granted.Grant.Notes));
    }

    /// <summary>N2: whoever may not ask about revocation may not accept real cards.</summary>
    [Fact]
    public async Task Production_without_responder_and_list_accepts_no_card()
    {
        using TestCardAuthority authority = TestCardAuthority.Create(
            TestCards.Start,
            TestCards.NextSerial,
            TestProfile.AuthorityName("JPKI")
        );
        TrustAnchors anchors = TrustAnchors.Load(
            [authority.Certificate.ExportCertificatePem()],
            [
                Convert.ToHexString(
                    System.Security.Cryptography.SHA256.HashData(authority.Certificate.RawData)
                ),
            ]
        );
        using SoftwareCard card = authority.Issue(
            TestCards.Usual with
            {
                Policy = "1.2.392.200149.8.5.1.3.30",
            },
            "1234"
        );
        CardVerifier verifier = new(
            anchors,
            verifier: null,
            new LevelGates(AnchorKind.Production, levelB: null, LevelA),
            TestCards.NobodyToAsk(anchors),
            new AuthorizationOptions()
        );
        await using CardWorld world = await OpenAsync();
        CardCheck check = await world.BeginAsync();
        foreach (ReadKind kind in Enum.GetValues<ReadKind>())
        {
            foreach (
                CardEvidence evidence in new[]
                {
                    CardWorld.Pin(check, card),
                    new CardEvidence.CertificateRead(card.Certificate),
                }
            )
            {
                CardVerdict verdict = verifier.Verify(
                    evidence,
                    check.Challenge,
                    kind,
                    status: null,
                    TestCards.Start
                );
                Assert.Equal(
                    CardRefusal.RevocationUnknown,
                    Assert.IsType<CardVerdict.Refused>(verdict).Reason
                );
            }
        }
    }

    private static TheoryData<string, string, object?> Every()
    {
        TheoryData<string, string, object?> cells = [];
        foreach (string read in new[] { "normal", "level-b", "no-consent", "level-a" })
        {
            bool isEmergency = read is "no-consent" or "level-a";
            cells.Add("fresh", read, null);
            cells.Add("cached", read, null);
            cells.Add("list", read, null);
            cells.Add("nothing", read, isEmergency ? null : RefusalReason.RevocationUnknown);
            cells.Add("revoked", read, RefusalReason.Revoked);
            cells.Add("unknown", read, RefusalReason.UnknownSerial);
            cells.Add("forged", read, RefusalReason.RevocationAnswerInvalid);
        }

        return cells;
    }

    private async Task PrepareAsync(CardWorld world, string tier)
    {
        switch (tier)
        {
            case "cached":
                StatusQuestion question = world.Cards.FindQuestion(
                    new CardEvidence.PinChallenge(TestCards.Everyday.Certificate, new byte[1]),
                    _time.GetUtcNow()
                )!;
                await world.Statuses.LookUpAsync(question, CancellationToken.None);
                _time.Advance(TimeSpan.FromMinutes(20));
                Silence();
                break;
            case "list":
                Load(world);
                Silence();
                break;
            case "nothing":
                Silence();
                break;
            case "revoked":
                _responder.Answer = a =>
                    TestResponder.Reply(a.Saying(s => s with { Word = OcspWord.Revoked }));
                break;
            case "unknown":
                _responder.Answer = a =>
                    TestResponder.Reply(a.Saying(s => s with { Word = OcspWord.Unknown }));
                break;
            case "forged":
                _responder.Answer = a =>
                    TestResponder.Reply(a.Right with { Signer = TestCards.Namesake.Signer });
                break;
        }
    }

    private void Silence() =>
        _responder.Answer = _ => new OcspReply.Failed(OcspProblem.Unreachable);

    private void Load(CardWorld world, params long[] revoked) =>
        Assert.Null(
            world.Lists.Load(
                TestCards.Authority.List(revoked, _time.GetUtcNow(), _time.GetUtcNow().AddHours(24))
            )
        );

    private static async Task<AccessGrant> GrantAsync(CardWorld world, CardCheck check)
    {
        var granted = Assert.IsType<AccessDecision.Granted>(
            await world.AskAndDecideAsync(check, CardWorld.Pin(check))
        );
        AccessGrant grant = granted.Grant.Confirm(await world.CommitAsync(granted.Part));
        Assert.True(world.Grants.Keep(grant));
        return grant;
    }

    private static string Words(AuditRow row)
    {
        using JsonDocument detail = JsonDocument.Parse(row.Detail);
        JsonElement root = detail.RootElement;
        string Text(string name) =>
            root.TryGetProperty(name, out JsonElement value) ? value.ToString() : "–";
        Assert.Equal(
            root.TryGetProperty("revocationMethod", out _),
            root.TryGetProperty("revocationThisUpdate", out _)
        );
        return $"{Text("revocation")} {Text("revocationMethod")} {Text("revocationAgeSeconds")}";
    }

    private Task<CardWorld> OpenAsync() =>
        CardWorld.OpenAsync(s =>
            s with
            {
                Time = _time,
                Responder = _responder,
                Options = new AuthorizationOptions { LevelB = s.Options.LevelB, LevelA = LevelA },
            }
        );
}
