using System.Text;
using System.Text.Json;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Tests.Grants;

public sealed class AccessDecisionTests
{
    [Fact]
    public async Task The_everyday_path_opens_the_summary_at_level_B()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        AccessGrant grant = await world.GrantAsync(check, world.Asserted(check));

        Assert.Equal(CardLevel.SpecialVerifier, grant.Level);
        Assert.Equal(GrantScope.Summary, grant.Scope);
        Assert.Equal(CardWorld.Crew.IncidentId, grant.Incident);
        Assert.Equal(CardWorld.Crew.DeviceId, grant.Device);
        Assert.Equal(TestCards.Start.AddHours(2), grant.ExpiresAt);
        Assert.Same(grant, world.Grants.Find(grant.Id, grant.Key, grant.Crew));
    }

    [Fact]
    public async Task A_PIN_opens_the_summary_at_level_C()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync(identity: IdentityCheck.PinEntered);
        AccessGrant grant = await world.GrantAsync(check, CardWorld.Pin(check));

        Assert.Equal(CardLevel.PinChallenge, grant.Level);
        Assert.Equal(GrantScope.Summary, grant.Scope);
    }

    [Fact]
    public async Task The_records_side_finds_the_patient_by_the_grants_handle()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        AccessGrant grant = await world.GrantAsync(
            check,
            CardWorld.Pin(check, TestCards.SecondPerson)
        );

        IIssuedCards national = TestCards.National;
        Assert.Equal(2, national.FindPatient(grant.Record.Reveal()));
        Assert.True(national.IsRegistered(grant.Record.Reveal()));
        Assert.DoesNotContain(
            grant.Record.Reveal(),
            grant.Record.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_same_card_has_the_same_reference_and_another_card_another()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck first = await world.BeginAsync();
        AccessGrant one = await world.GrantAsync(first, CardWorld.Pin(first));
        CardCheck second = await world.BeginAsync();
        AccessGrant again = await world.GrantAsync(second, CardWorld.Pin(second));
        CardCheck third = await world.BeginAsync();
        AccessGrant other = await world.GrantAsync(
            third,
            CardWorld.Pin(third, TestCards.SecondPerson)
        );

        Assert.Equal(one.PatientRef, again.PatientRef);
        Assert.NotEqual(one.PatientRef, other.PatientRef);
        Assert.DoesNotContain(one.Record.Reveal(), one.PatientRef.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commit_holds_fact_claim_and_audit_row_and_nothing_of_the_card()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        AccessGrant grant = await world.GrantAsync(check, world.Asserted(check));

        JournaledFact fact = (await world.FactsAsync())[^1];
        AuditRow row = Assert.Single(await world.AuditAsync());
        Assert.Equal("authorization.access-granted", fact.Fact.Kind);
        Assert.Equal("incident/i-1", fact.Fact.Subject);
        Assert.Equal(AccessDecisions.GrantedEvent, row.Event);
        using JsonDocument body = JsonDocument.Parse(fact.Fact.Body);
        Assert.Equal(
            [
                "grantId",
                "incidentId",
                "patient",
                "patientRef",
                "unitId",
                "crewId",
                "deviceId",
                "challengeId",
                "level",
                "scope",
                "identityCheck",
                "consent",
                "legalBasis",
                "grantedAt",
                "expiresAt",
            ],
            body.RootElement.EnumerateObject().Select(p => p.Name)
        );
        Assert.Equal(
            "photo-matched-by-crew",
            body.RootElement.GetProperty("identityCheck").GetString()
        );
        Assert.Equal("consent-spoken", body.RootElement.GetProperty("legalBasis").GetString());

        // The handle and the serial number would lead back to the person.
        string written = string.Concat(
            (await world.FactsAsync()).Select(f => Encoding.UTF8.GetString(f.Fact.Body.Span))
        );
        written += Encoding.UTF8.GetString(row.Detail.Span);
        using var certificate =
            System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(
                TestCards.Everyday.Certificate
            );
        Assert.DoesNotContain(grant.Record.Reveal(), written, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            certificate.SerialNumber,
            written,
            StringComparison.OrdinalIgnoreCase
        );
        Assert.DoesNotContain(
            Convert.ToBase64String(TestCards.Everyday.Certificate)[..40],
            written,
            StringComparison.Ordinal
        );
        Assert.Contains(grant.PatientRef.Value, written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewing_without_consent_alerts_and_says_who_judged()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync(consent: CardWorld.NotObtainable);
        await world.GrantAsync(check, world.Asserted(check));

        List<AuditRow> rows = await world.AuditAsync();
        Assert.Equal(
            [AccessDecisions.GrantedEvent, AccessDecisions.EmergencyEvent],
            rows.Select(r => r.Event)
        );
        using JsonDocument detail = JsonDocument.Parse(rows[1].Detail);
        Assert.True(detail.RootElement.GetProperty("alert").GetBoolean());
        Assert.Equal(
            "public-duty-necessity",
            detail.RootElement.GetProperty("legalBasis").GetString()
        );
        JsonElement consent = detail.RootElement.GetProperty("consent");
        Assert.Equal("leader", consent.GetProperty("judgedBy").GetString());
        Assert.Equal("200", consent.GetProperty("jcs").GetString());
    }

    [Fact]
    public async Task A_certificate_merely_read_opens_emergency_items_only_and_alerts()
    {
        await using CardWorld world = await CardWorld.OpenAsync(s =>
            s with
            {
                Options = WithLevelA(),
            }
        );
        CardCheck check = await world.BeginAsync();
        AccessGrant grant = await world.GrantAsync(
            check,
            new CardEvidence.CertificateRead(TestCards.Everyday.Certificate)
        );

        Assert.Equal(GrantScope.EmergencyItems, grant.Scope);
        Assert.Contains(await world.AuditAsync(), r => r.Event == AccessDecisions.EmergencyEvent);
    }

    [Fact]
    public async Task A_certificate_merely_read_opens_nothing_without_an_approval()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        await world.RefusesAsync(
            RefusalReason.LevelNotAllowed,
            () =>
                world.Decide(
                    check,
                    new CardEvidence.CertificateRead(TestCards.Everyday.Certificate)
                )
        );
    }

    [Fact]
    public async Task A_source_that_asks_for_a_PIN_is_not_opened_by_an_assertion()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        await world.RefusesAsync(
            RefusalReason.LevelNotAllowed,
            () => world.Decide(check, world.Asserted(check), least: CardLevel.PinChallenge)
        );
        // The challenge was not spent by it: the patient may type the PIN.
        Assert.IsType<AccessDecision.Granted>(
            world.Decide(check, CardWorld.Pin(check), least: CardLevel.PinChallenge)
        );
    }

    [Theory]
    [InlineData(IdentityCheck.PhotoMatchedByCrew, "CBA")]
    [InlineData(IdentityCheck.GuardianConfirmed, "CB")]
    [InlineData(IdentityCheck.PinEntered, "C")]
    public async Task An_identity_check_carries_these_levels_and_no_other(
        IdentityCheck identity,
        string levels
    )
    {
        await using CardWorld world = await CardWorld.OpenAsync(s =>
            s with
            {
                Options = WithLevelA(),
            }
        );
        foreach (char level in "CBA")
        {
            CardCheck check = await world.BeginAsync(identity: identity);
            CardEvidence evidence = level switch
            {
                'C' => CardWorld.Pin(check),
                'B' => world.Asserted(check),
                _ => new CardEvidence.CertificateRead(TestCards.Everyday.Certificate),
            };
            if (levels.Contains(level, StringComparison.Ordinal))
            {
                Assert.IsType<AccessDecision.Granted>(world.Decide(check, evidence));
            }
            else
            {
                await world.RefusesAsync(
                    RefusalReason.IdentityCheckNotEnough,
                    () => world.Decide(check, evidence)
                );
            }
        }
    }

    public static TheoryData<string> WrongCrews { get; } =
    ["unassigned", "closed", "handed-over", "unknown"];

    [Theory]
    [MemberData(nameof(WrongCrews))]
    public async Task Not_yours_and_not_there_look_the_same(string which)
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        AttendingCrew? crew = which switch
        {
            "unassigned" => CardWorld.Crew with { IsAssignedAndActive = false },
            "closed" => CardWorld.Crew with { IsIncidentOpen = false },
            "handed-over" => CardWorld.Crew with { HandoverAt = TestCards.Start },
            _ => null,
        };
        CardEvidence evidence = CardWorld.Pin(check);
        using ExaminedCard card = world.Access.Examine(evidence);
        await world.RefusesAsync(
            RefusalReason.NotFound,
            () =>
                world.Access.Decide(
                    new AccessRequest(
                        world.NextRequest(),
                        check.Challenge.Id,
                        card,
                        CardLevel.CertificateRead
                    ),
                    crew
                )
        );
        Assert.Equal(
            new CardCheckDecision.Refused(RefusalReason.NotFound),
            world.Checks.Begin(crew, IdentityCheck.PhotoMatchedByCrew, CardWorld.Spoken)
        );
        Assert.Equal(
            new ConsentWithdrawal.Refused(RefusalReason.NotFound),
            world.Withdrawals.Withdraw(crew)
        );
        // The right crew still gets in: the challenge was not spent by the others.
        Assert.IsType<AccessDecision.Granted>(world.Decide(check, evidence));
    }

    public static TheoryData<string> OtherBindings { get; } =
    ["department", "incident", "patient", "unit", "crew", "device", "key"];

    [Theory]
    [MemberData(nameof(OtherBindings))]
    public async Task Refuses_evidence_from_anywhere_but_where_the_challenge_was_issued(
        string which
    )
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        AttendingCrew elsewhere = which switch
        {
            "department" => CardWorld.Crew with { DepartmentId = new DepartmentId("other") },
            "incident" => CardWorld.Crew with { IncidentId = new IncidentId("i-2") },
            "patient" => CardWorld.Crew with { PatientSlot = new PatientSlot(2) },
            "unit" => CardWorld.Crew with { UnitId = new UnitId("kita-3") },
            "crew" => CardWorld.Crew with { CrewId = new CrewId("c-2") },
            "device" => CardWorld.Crew with { DeviceId = new DeviceId("d-2") },
            _ => CardWorld.Crew with { DeviceKey = CardWorld.KeyOf("d-2") },
        };
        CardEvidence evidence = CardWorld.Pin(check);
        await world.RefusesAsync(
            RefusalReason.ChallengeUnknown,
            () => world.Decide(check, evidence, elsewhere)
        );

        // Its signature does not fit a challenge that was issued there either.
        CardCheck there = await world.BeginAsync(elsewhere);
        await world.RefusesAsync(
            RefusalReason.SignatureInvalid,
            () => world.Decide(there, evidence, elsewhere)
        );
        Assert.IsType<AccessDecision.Granted>(world.Decide(check, evidence));
    }

    [Fact]
    public async Task Refuses_evidence_that_was_made_for_another_start_of_the_node()
    {
        await using CardWorld before = await CardWorld.OpenAsync();
        await using CardWorld after = await CardWorld.OpenAsync(s => s with { Node = "n2-" });
        CardCheck old = await before.BeginAsync();
        CardCheck fresh = await after.BeginAsync();

        await after.RefusesAsync(
            RefusalReason.ChallengeUnknown,
            () => after.Decide(old, CardWorld.Pin(old))
        );
        await after.RefusesAsync(
            RefusalReason.SignatureInvalid,
            () => after.Decide(fresh, CardWorld.Pin(old))
        );
        Assert.IsType<AccessDecision.Granted>(before.Decide(old, CardWorld.Pin(old)));
    }

    [Fact]
    public async Task An_assertion_for_one_challenge_is_refused_for_another()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck first = await world.BeginAsync();
        CardEvidence old = world.Asserted(first);
        CardCheck second = await world.BeginAsync();
        await world.RefusesAsync(RefusalReason.AssertionInvalid, () => world.Decide(second, old));
    }

    [Fact]
    public async Task A_challenge_is_answered_within_sixty_seconds_or_never()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck inTime = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(inTime);
        world.Time.Advance(TimeSpan.FromMilliseconds(59_999));
        Assert.IsType<AccessDecision.Granted>(world.Decide(inTime, evidence));

        CardCheck late = await world.BeginAsync();
        evidence = CardWorld.Pin(late);
        world.Time.Advance(TimeSpan.FromSeconds(60));
        await world.RefusesAsync(
            RefusalReason.ChallengeExpired,
            () => world.Decide(late, evidence)
        );
    }

    [Theory]
    [InlineData(-3650)]
    [InlineData(3650)]
    public async Task No_jump_of_the_wall_clock_gives_a_challenge_a_longer_life(int days)
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(check);
        world.Time.Advance(TimeSpan.FromSeconds(60));
        world.Time.JumpWall(TimeSpan.FromDays(days));
        await world.RefusesAsync(
            RefusalReason.ChallengeExpired,
            () => world.Decide(check, evidence)
        );
    }

    [Fact]
    public async Task A_wrong_attempt_spends_the_challenge()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardEvidence wrong = new CardEvidence.PinChallenge(
            TestCards.Everyday.Certificate,
            new byte[256]
        );
        await world.RefusesAsync(RefusalReason.SignatureInvalid, () => world.Decide(check, wrong));
        await world.RefusesAsync(
            RefusalReason.ChallengeUsed,
            () => world.Decide(check, CardWorld.Pin(check))
        );
    }

    [Fact]
    public async Task A_used_challenge_opens_nothing_again()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(check);
        await world.GrantAsync(check, evidence);
        await world.RefusesAsync(RefusalReason.ChallengeUsed, () => world.Decide(check, evidence));
    }

    [Fact]
    public async Task The_same_attempt_may_be_decided_again_when_its_commit_did_not_come_about()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(check);
        RequestId request = world.NextRequest();
        Assert.IsType<AccessDecision.Granted>(world.Decide(check, evidence, request: request));

        // Say the writer's queue was full: nothing was written, and the tablet sends the same request again.
        var granted = Assert.IsType<AccessDecision.Granted>(
            world.Decide(check, evidence, request: request)
        );
        granted.Grant.Confirm(await world.CommitAsync(granted.Part));
    }

    [Fact]
    public async Task One_challenge_makes_one_grant_even_if_the_book_were_to_forget()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(check);
        RequestId request = world.NextRequest();
        var first = (AccessDecision.Granted)world.Decide(check, evidence, request: request);
        var second = (AccessDecision.Granted)world.Decide(check, evidence, request: request);

        await world.CommitAsync(first.Part);
        CommitOutcome outcome = await world.TryCommitAsync(second.Part, world.NextRequest());
        var taken = Assert.IsType<CommitOutcome.ClaimTaken>(outcome);
        Assert.Equal(AccessDecisions.ChallengeClaim, taken.Wanted.Kind);
        Assert.Single(await world.AuditAsync());
    }

    [Fact]
    public async Task Of_sixty_four_requests_for_one_challenge_exactly_one_is_granted()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(check);
        AccessGrant?[] grants = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        RequestId request = world.NextRequest();
                        return
                            world.Decide(check, evidence, request: request)
                                is AccessDecision.Granted granted
                            && await world.TryCommitAsync(granted.Part, request)
                                is CommitOutcome.Committed(var receipt)
                            ? granted.Grant.Confirm(receipt)
                            : null;
                    })
                )
        );

        Assert.Single(grants, g => g is not null);
        Assert.Single(await world.AuditAsync());
    }

    [Fact]
    public async Task Of_sixty_four_copies_of_one_request_the_journal_lets_one_through()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(check);
        RequestId request = world.NextRequest();
        CommitOutcome[] outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        var granted = (AccessDecision.Granted)
                            world.Decide(check, evidence, request: request);
                        // Half of them as the same command, half as if the command's key had been lost.
                        return await world.TryCommitAsync(
                            granted.Part,
                            i % 2 == 0 ? request : world.NextRequest()
                        );
                    })
                )
        );

        Assert.Single(outcomes, o => o is CommitOutcome.Committed);
        Assert.All(
            outcomes,
            o =>
                Assert.True(
                    o
                        is CommitOutcome.Committed
                            or CommitOutcome.AlreadyAnswered
                            or CommitOutcome.ClaimTaken
                )
        );
        Assert.Single(await world.AuditAsync());
    }

    [Fact]
    public async Task A_grant_is_not_made_from_another_commits_receipt()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck first = await world.BeginAsync();
        var one = (AccessDecision.Granted)world.Decide(first, CardWorld.Pin(first));
        CardCheck second = await world.BeginAsync();
        var two = (AccessDecision.Granted)world.Decide(second, CardWorld.Pin(second));

        CommitReceipt ofOne = await world.CommitAsync(one.Part);
        CommitReceipt ofNothing = await world.CommitAsync(CommitPart.Nothing);
        CommitReceipt withoutAudit = await world.CommitAsync(two.Part with { Audit = [] });

        Assert.Throws<InvalidOperationException>(() => two.Grant.Confirm(ofOne));
        Assert.Throws<InvalidOperationException>(() => two.Grant.Confirm(ofNothing));
        Assert.Throws<InvalidOperationException>(() => two.Grant.Confirm(withoutAudit));
        Assert.Equal(one.Grant.Id, one.Grant.Confirm(ofOne).Id);
    }

    [Fact]
    public async Task A_grant_without_consent_is_not_made_when_its_alert_is_missing()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync(consent: CardWorld.NotObtainable);
        var granted = (AccessDecision.Granted)world.Decide(check, CardWorld.Pin(check));
        CommitReceipt receipt = await world.CommitAsync(
            granted.Part with
            {
                Audit = [granted.Part.Audit[0]],
            }
        );
        Assert.Throws<InvalidOperationException>(() => granted.Grant.Confirm(receipt));
    }

    [Fact]
    public async Task When_as_many_grants_are_open_as_may_be_one_more_is_refused()
    {
        await using CardWorld world = await CardWorld.OpenAsync(s =>
            s with
            {
                Options = new AuthorizationOptions { MostOpenGrants = 1 },
            }
        );
        CardCheck first = await world.BeginAsync();
        AccessGrant grant = await world.GrantAsync(first, CardWorld.Pin(first));
        CardCheck second = await world.BeginAsync();
        await world.RefusesAsync(
            RefusalReason.TooManyOpen,
            () => world.Decide(second, CardWorld.Pin(second))
        );
        world.Grants.EndFor(grant.Incident, grant.Unit);
        Assert.IsType<AccessDecision.Granted>(world.Decide(second, CardWorld.Pin(second)));
    }

    [Fact]
    public void Every_refusal_of_a_card_has_the_same_word_among_all_refusals()
    {
        foreach (CardRefusal refusal in Enum.GetValues<CardRefusal>())
        {
            Assert.Equal(refusal.ToString(), refusal.AsRefusalReason().ToString());
        }
    }

    private static AuthorizationOptions WithLevelA()
    {
        LevelApproval simulated = new("SIMULATED-0001", new DateOnly(2026, 4, 1), "fire-chief");
        return new AuthorizationOptions { LevelA = simulated, LevelB = simulated };
    }
}
