using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.StandIn.Revocation;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>What a responder may say, send or fail to send without a card being let in (T5).</summary>
public sealed class NegativeTableTests
{
    public static TheoryData<string> Names { get; } = [.. NegativeRows.All.Keys];

    [Fact]
    public void The_table_has_its_rows() => Assert.InRange(NegativeRows.All.Count, 80, 500);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Refuses_the_card_and_changes_nothing(string name)
    {
        NegativeRow row = NegativeRows.All[name];
        ManualTime time = new();
        TestResponder responder = new(time, row.Answer);
        await using CardWorld world = await OpenAsync(time, responder, row);
        CardCheck check = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(check);

        StatusQuestion question = world.Cards.FindQuestion(evidence, time.GetUtcNow())!;
        await world.RefusesAsync(
            row.Reason,
            () => world.AskAndDecideAsync(check, evidence),
            answersKept: row.Problem is null ? 1 : 0
        );
        Assert.Equal(
            row.Problem,
            (await world.Statuses.LookUpAsync(question, CancellationToken.None)).Problem
        );
    }

    /// <summary>The neighbour of every row: the right answer in the same world lets the same card in.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_right_answer_lets_the_card_in_without_a_note(bool requireNonce)
    {
        ManualTime time = new();
        foreach (
            Func<Asked, OcspSpec> right in new Func<Asked, OcspSpec>[]
            {
                a => a.Right,
                a => a.Right with { ByKey = true },
                a => a.Right with { Certificates = [TestCards.Authority.Signer.Certificate] },
                a => a.By(Responders.Named),
                a => a.By(Responders.Named) with { ByKey = true },
                a => a.By(Responders.Make(r => r with { KeyUsage = null })),
                a => a.By(Responders.Make(r => r with { Key = StandIn.Cards.CardKey.Rsa2048 })),
                a => a.Right with { Further = [Responders.UnknownPlain] },
                a => a.Saying(s => s with { Further = [Responders.UnknownPlain] }),
                a => a.Saying(s => s with { NextUpdate = null }),
                a => a.Saying(s => s with { ThisUpdate = a.Now.AddMinutes(-15) }),
                a =>
                    a.Saying(s => s with { ThisUpdate = a.Now.AddSeconds(3) }) with
                    {
                        ProducedAt = a.Now.AddSeconds(3),
                    },
                a =>
                    a.Right with
                    {
                        Singles =
                        [
                            a.Single with
                            {
                                Id = a.Id with { Serial = [1] },
                                Word = OcspWord.Revoked,
                            },
                            a.Single,
                        ],
                    },
            }
        )
        {
            TestResponder responder = new(time, a => TestResponder.Reply(right(a)));
            await using CardWorld world = await OpenAsync(
                time,
                responder,
                new NegativeRow(_ => null!, default, null) { RequireNonce = requireNonce }
            );
            CardCheck check = await world.BeginAsync();
            var granted = Assert.IsType<AccessDecision.Granted>(
                await world.AskAndDecideAsync(check, CardWorld.Pin(check))
            );
            Assert.Empty(granted.Grant.Notes);
        }
    }

    /// <summary>The same responder without a nocheck is believed once the list is at hand and does not name it.</summary>
    [Fact]
    public async Task A_responder_without_nocheck_is_believed_beside_a_list_that_does_not_name_it()
    {
        ManualTime time = new();
        TestSigner unvouched = Responders.Make(r => r with { NoCheck = false });
        TestResponder responder = new(time, a => TestResponder.Reply(a.By(unvouched)));
        await using CardWorld world = await OpenAsync(
            time,
            responder,
            new NegativeRow(_ => null!, default, null) { Listed = () => [] }
        );
        CardCheck check = await world.BeginAsync();
        Assert.IsType<AccessDecision.Granted>(
            await world.AskAndDecideAsync(check, CardWorld.Pin(check))
        );
    }

    /// <summary>Every bit of an answer by the authority, and of one by a responder with its certificate.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_flipped_bit_of_an_answer_is_ever_good(bool isDelegated)
    {
        ManualTime time = new();
        int octet = -1;
        int bit = 0;
        int length = 0;
        TestResponder responder = new(
            time,
            a =>
            {
                byte[] der = OcspWriting.Answer(isDelegated ? a.By(Responders.Named) : a.Right);
                length = der.Length;
                if (octet >= 0)
                {
                    der[octet % der.Length] ^= (byte)(1 << bit);
                }

                return TestResponder.Reply(der);
            }
        );
        await using CardWorld world = await OpenAsync(
            time,
            responder,
            new NegativeRow(_ => null!, default, null)
        );
        CardCheck check = await world.BeginAsync();
        StatusQuestion question = world.Cards.FindQuestion(CardWorld.Pin(check), time.GetUtcNow())!;
        // One bit of each octet, another from octet to octet; ECDSA answers differ in length by an octet or two.
        for (octet = 0; octet < Math.Max(length, 256) + 2; octet++)
        {
            bit = octet % 8;
            StatusEvidence evidence = await world.Statuses.LookUpAsync(
                question,
                CancellationToken.None
            );
            Assert.NotEqual(
                RevocationTier.OcspFresh,
                world.Statuses.Decide(question, evidence).Tier
            );
            Assert.Equal(0, world.Statuses.Count);
        }

        Assert.InRange(octet, 500, 10_000);
        octet = -1;
        Assert.Equal(
            RevocationTier.OcspFresh,
            world
                .Statuses.Decide(
                    question,
                    await world.Statuses.LookUpAsync(question, CancellationToken.None)
                )
                .Tier
        );
    }

    /// <summary>One normal read, with nothing at hand but what the row brings.</summary>
    private static async Task<CardWorld> OpenAsync(
        ManualTime time,
        IOcspResponder responder,
        NegativeRow row
    )
    {
        CardWorld world = await CardWorld.OpenAsync(s =>
            s with
            {
                Time = time,
                Responder = responder,
                Options = new AuthorizationOptions
                {
                    LevelB = s.Options.LevelB,
                    Revocation = new RevocationOptions { RequireNonce = row.RequireNonce },
                },
            }
        );
        if (row.Listed is { } listed)
        {
            DateTimeOffset now = time.GetUtcNow();
            Assert.Null(
                world.Lists.Load(TestCards.Authority.List(listed(), now, now.AddHours(24)))
            );
        }

        return world;
    }
}
