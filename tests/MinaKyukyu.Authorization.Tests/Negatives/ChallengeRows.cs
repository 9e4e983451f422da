using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>Who asks, and whether the challenge is one that he may still answer.</summary>
internal static class ChallengeRows
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private static readonly (
        Check Check,
        string Name,
        Func<AttendingCrew, AttendingCrew> Change
    )[] Fields =
    [
        (Check.BoundDepartment, "department", c => c with { DepartmentId = new("other") }),
        (Check.BoundIncident, "incident", c => c with { IncidentId = new("i-2") }),
        (Check.BoundPatient, "patient", c => c with { PatientSlot = new PatientSlot(2) }),
        (Check.BoundUnit, "unit", c => c with { UnitId = new("kita-3") }),
        (Check.BoundCrew, "crew", c => c with { CrewId = new("c-2") }),
        (Check.BoundDevice, "device", c => c with { DeviceId = new("d-2") }),
        (Check.BoundDeviceKey, "device key", c => c with { DeviceKey = CardWorld.KeyOf("d-2") }),
    ];

    public static IEnumerable<NegativeRow> All() =>
        [.. Crews(), .. Bindings(), .. Clocks(), .. Spent(), .. Unknown(), .. Rooms()];

    private static IEnumerable<NegativeRow> Crews()
    {
        (Check Check, string Name, Func<AttendingCrew, AttendingCrew?> Change)[] flaws =
        [
            (Check.CrewIsKnown, "nobody that is known", _ => null),
            (Check.IsAssigned, "without an order", c => c with { IsAssignedAndActive = false }),
            (Check.IncidentIsOpen, "incident closed", c => c with { IsIncidentOpen = false }),
            (
                Check.IsNotHandedOver,
                "handed over now",
                c => c with { HandoverAt = TestCards.Start }
            ),
            (
                Check.IsNotHandedOver,
                "handed over an hour ago",
                c => c with { HandoverAt = TestCards.Start.AddHours(-1) }
            ),
            (
                Check.IsNotHandedOver,
                "handed over, by a clock that is ahead",
                c => c with { HandoverAt = TestCards.Start.AddHours(1) }
            ),
        ];
        foreach ((string level, Attempt way) in Levels())
        {
            foreach ((Check check, string name, var change) in flaws)
            {
                AttendingCrew? crew = change(CardWorld.Crew);
                yield return new NegativeRow(
                    check,
                    $"crew {name}, asking at level {level}",
                    RefusalReason.NotFound,
                    way with
                    {
                        Asking = crew,
                    },
                    way
                );
                yield return new NegativeRow(
                    check,
                    $"crew {name}, beginning for level {level}",
                    RefusalReason.NotFound,
                    way with
                    {
                        Beginning = crew,
                    },
                    way
                );
            }
        }
    }

    private static IEnumerable<NegativeRow> Bindings()
    {
        foreach ((string level, Attempt way) in Levels())
        {
            foreach ((Check check, string name, var change) in Fields)
            {
                yield return new NegativeRow(
                    check,
                    $"challenge of another {name}, level {level}",
                    RefusalReason.ChallengeUnknown,
                    way with
                    {
                        Asking = change(CardWorld.Crew),
                    },
                    way
                );
            }
        }

        foreach ((Check check, string name, var change) in Fields)
        {
            AttendingCrew elsewhere = change(CardWorld.Crew);
            Attempt there = Attempt.Pin with { Beginning = elsewhere, Asking = elsewhere };
            yield return new NegativeRow(
                check,
                $"signature for here under a challenge of another {name}",
                RefusalReason.SignatureInvalid,
                there with
                {
                    Evidence = (world, _) => CardWorld.Pin(BeginHere(world)),
                },
                there
            );
            Attempt asserted = Attempt.Asserted with { Beginning = elsewhere, Asking = elsewhere };
            yield return new NegativeRow(
                check,
                $"assertion for here under a challenge of another {name}",
                RefusalReason.AssertionInvalid,
                asserted with
                {
                    Evidence = (world, _) => world.Asserted(BeginHere(world)),
                },
                asserted
            );
        }

        for (int i = 0; i < Fields.Length; i++)
        {
            for (int j = i + 1; j < Fields.Length; j++)
            {
                (Check check, string first, var one) = Fields[i];
                (_, string second, var other) = Fields[j];
                yield return new NegativeRow(
                    check,
                    $"challenge of another {first} and {second}",
                    RefusalReason.ChallengeUnknown,
                    Attempt.Pin with
                    {
                        Asking = other(one(CardWorld.Crew)),
                    },
                    Attempt.Pin
                );
            }
        }
    }

    private static IEnumerable<NegativeRow> Clocks()
    {
        Attempt justInTime = Attempt.Pin.After(w => w.Time.Advance(Lifetime - Tick));
        (string Name, TimeSpan Jump)[] jumps =
        [
            ("a day back", TimeSpan.FromDays(-1)),
            ("ten minutes back", TimeSpan.FromMinutes(-10)),
            ("five minutes back", TimeSpan.FromMinutes(-5)),
            ("a second back", TimeSpan.FromSeconds(-1)),
            ("as it is", TimeSpan.Zero),
            ("five minutes on", TimeSpan.FromMinutes(5)),
            ("ten minutes on", TimeSpan.FromMinutes(10)),
            ("a day on", TimeSpan.FromDays(1)),
        ];
        foreach (int seconds in new[] { 60, 61, 90, 119, 600, 86_400 })
        {
            foreach ((string name, TimeSpan jump) in jumps)
            {
                yield return new NegativeRow(
                    Check.ChallengeWithinMonotonicClock,
                    $"challenge {seconds} s old, wall clock {name}",
                    RefusalReason.ChallengeExpired,
                    Attempt.Pin.After(w =>
                    {
                        w.Time.Advance(TimeSpan.FromSeconds(seconds));
                        w.Time.JumpWall(jump);
                    }),
                    justInTime
                );
            }
        }

        foreach (int seconds in new[] { 0, 1, 30, 59 })
        {
            foreach ((string name, TimeSpan jump) in jumps.Where(j => j.Jump > TimeSpan.Zero))
            {
                yield return new NegativeRow(
                    Check.ChallengeWithinWallClock,
                    $"challenge {seconds} s old by the monotonic clock, wall clock {name}",
                    RefusalReason.ChallengeExpired,
                    Attempt.Pin.After(w =>
                    {
                        w.Time.Advance(TimeSpan.FromSeconds(seconds));
                        w.Time.JumpWall(jump);
                    }),
                    Attempt.Pin.After(w => w.Time.Advance(TimeSpan.FromSeconds(seconds)))
                );
            }
        }
    }

    private static IEnumerable<NegativeRow> Spent()
    {
        foreach ((string level, Attempt way) in Levels())
        {
            yield return Used(
                $"challenge granted before, same evidence again, level {level}",
                way,
                async (world, check, evidence) => await world.GrantAsync(check, evidence)
            );
            yield return Used(
                $"challenge of which a yes was never committed, level {level}",
                way,
                (world, check, evidence) =>
                {
                    Assert.IsType<AccessDecision.Granted>(world.Decide(check, evidence));
                    return Task.CompletedTask;
                }
            );
            yield return Used(
                $"challenge spent on a wrong signature, level {level}",
                way,
                (world, check, _) =>
                {
                    world.Decide(
                        check,
                        new CardEvidence.PinChallenge(TestCards.Everyday.Certificate, new byte[256])
                    );
                    return Task.CompletedTask;
                }
            );
            yield return Used(
                $"challenge spent on an unreadable certificate, level {level}",
                way,
                (world, check, _) =>
                {
                    world.Decide(check, new CardEvidence.CertificateRead(new byte[] { 0x30 }));
                    return Task.CompletedTask;
                }
            );
            yield return Used(
                $"challenge granted to a second person's card before, level {level}",
                way,
                async (world, check, _) =>
                    await world.GrantAsync(check, CardWorld.Pin(check, TestCards.SecondPerson))
            );
        }

        static NegativeRow Used(
            string name,
            Attempt way,
            Func<CardWorld, CardCheck, CardEvidence, Task> before
        ) =>
            new(
                Check.ChallengeUnspent,
                name,
                RefusalReason.ChallengeUsed,
                way with
                {
                    Meanwhile = before,
                },
                way
            );
    }

    private static IEnumerable<NegativeRow> Unknown()
    {
        (string Name, ChallengeId Id)[] ids =
        [
            ("that was never issued", new ChallengeId("never")),
            ("without any letter", default),
            ("of the node's own start", new ChallengeId("n1-000000000001")),
            ("of the next check", new ChallengeId("n1-000000000003")),
            ("of another node", new ChallengeId("n2-000000000002")),
            ("cut by one", new ChallengeId("n1-00000000000")),
            ("with one digit more", new ChallengeId("n1-0000000000020")),
            ("in upper case", new ChallengeId("N1-000000000002")),
        ];
        foreach ((string name, ChallengeId id) in ids)
        {
            yield return Row(
                Check.ChallengeIsKnown,
                $"challenge {name}",
                Attempt.Pin with
                {
                    Under = _ => id,
                }
            );
        }

        yield return Row(
            Check.ChallengeOfThisStart,
            "challenge of another start of this node, on the same data",
            Attempt.Pin with
            {
                Under = _ => new ChallengeId("n0-000000000002"),
                Evidence = (_, _) => Elsewhere("n0-"),
            }
        );
        yield return new NegativeRow(
            Check.ChallengeOfThisStart,
            "signature for another start of this node under a challenge of now",
            RefusalReason.SignatureInvalid,
            Attempt.Pin with
            {
                Evidence = (_, _) => Elsewhere("n0-"),
            },
            Attempt.Pin
        );
        yield return new NegativeRow(
            Check.ChallengeOfThisStart,
            "signature for a start with the very same ids under a challenge of now",
            RefusalReason.SignatureInvalid,
            Attempt.Pin with
            {
                Evidence = (_, _) => Elsewhere("n1-"),
            },
            Attempt.Pin
        );
        (string Name, Func<CardWorld, Task> Happens)[] over =
        [
            ("replaced by a second check", async w => await w.BeginAsync()),
            (
                "given up because the patient said no",
                w =>
                {
                    w.Checks.Begin(
                        CardWorld.Crew,
                        IdentityCheck.PhotoMatchedByCrew,
                        new ConsentBasis.Refused()
                    );
                    return Task.CompletedTask;
                }
            ),
            (
                "given up because consent was withdrawn",
                w =>
                {
                    Assert.IsType<ConsentWithdrawal.Withdrawn>(
                        w.Withdrawals.Withdraw(CardWorld.Crew)
                    );
                    return Task.CompletedTask;
                }
            ),
            (
                "swept out after two lifetimes",
                async w =>
                {
                    w.Time.Advance(2 * Lifetime);
                    await w.BeginAsync(Fields[2].Change(CardWorld.Crew));
                }
            ),
        ];
        foreach ((string name, Func<CardWorld, Task> happens) in over)
        {
            foreach ((string level, Attempt way) in Levels())
            {
                yield return new NegativeRow(
                    Check.ChallengeIsCurrent,
                    $"challenge {name}, level {level}",
                    RefusalReason.ChallengeUnknown,
                    way with
                    {
                        Meanwhile = (world, _, _) => happens(world),
                    },
                    way
                );
            }
        }

        static NegativeRow Row(Check check, string name, Attempt wrong) =>
            new(check, name, RefusalReason.ChallengeUnknown, wrong, Attempt.Pin);
    }

    private static IEnumerable<NegativeRow> Rooms()
    {
        Attempt narrow = Attempt.Pin with
        {
            World = s =>
                s with
                {
                    Options = new AuthorizationOptions
                    {
                        MostOpenChallenges = 1,
                        MostOpenGrants = 1,
                    },
                },
        };
        yield return new NegativeRow(
            Check.ChallengesHaveRoom,
            "book of challenges full",
            RefusalReason.TooManyOpen,
            narrow with
            {
                Before = async w => await w.BeginAsync(Fields[2].Change(CardWorld.Crew)),
            },
            narrow
        );
        yield return new NegativeRow(
            Check.GrantsHaveRoom,
            "book of grants full",
            RefusalReason.TooManyOpen,
            narrow with
            {
                // The same crew's own check of before: its challenge gives way, its grant stays.
                Before = async w =>
                {
                    CardCheck earlier = await w.BeginAsync();
                    await w.GrantAsync(earlier, CardWorld.Pin(earlier));
                },
            },
            narrow
        );
    }

    private static TimeSpan Tick { get; } = TimeSpan.FromMilliseconds(1);

    internal static (string Level, Attempt Way)[] Levels() =>
        [("C", Attempt.Pin), ("B", Attempt.Asserted), ("A", Attempt.Read)];

    private static CardCheck BeginHere(CardWorld world) =>
        Assert
            .IsType<CardCheckDecision.Begun>(
                world.Checks.Begin(
                    CardWorld.Crew,
                    IdentityCheck.PhotoMatchedByCrew,
                    CardWorld.Spoken
                )
            )
            .Check;

    /// <summary>The same card, asked by another start of a node at the same moment for the same crew.</summary>
    private static CardEvidence.PinChallenge Elsewhere(string node)
    {
        CardCheckDecisions other = new(
            new ChallengeBook(
                new SystemNonceSource(),
                new SequentialIds(node),
                new ManualTime(),
                new AuthorizationOptions()
            )
        );
        var begun = (CardCheckDecision.Begun)
            other.Begin(CardWorld.Crew, IdentityCheck.PhotoMatchedByCrew, CardWorld.Spoken);
        return (CardEvidence.PinChallenge)CardWorld.Pin(begun.Check);
    }
}
