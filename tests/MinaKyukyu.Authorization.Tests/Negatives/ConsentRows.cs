using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>Identity, level and consent in every combination that must not open, and every half judgement.</summary>
internal static class ConsentRows
{
    private static readonly ConsentBasis.NotObtainable Judged = (ConsentBasis.NotObtainable)
        CardWorld.NotObtainable;

    private static readonly (
        string Name,
        Func<ConsentBasis.NotObtainable, string, ConsentBasis.NotObtainable> Set
    )[] Answers =
    [
        ("who judged", (j, text) => j with { JudgedBy = text }),
        ("consciousness", (j, text) => j with { Jcs = text }),
        ("reason", (j, text) => j with { ReasonCode = text }),
        ("second member", (j, text) => j with { ConfirmedBy = text }),
    ];

    public static IEnumerable<NegativeRow> All() =>
        [.. Combinations(), .. Missing(), .. SamePerson(), .. Scale(), .. Numbers(), .. Spelling()];

    /// <summary>Six identity checks, two of which are no word of ours, by three levels, by two consents: what is not named as enough refuses.</summary>
    private static IEnumerable<NegativeRow> Combinations()
    {
        IdentityCheck[] identities =
        [
            .. Enum.GetValues<IdentityCheck>(),
            default,
            (IdentityCheck)5,
        ];
        foreach ((string level, Attempt way) in ChallengeRows.Levels())
        {
            foreach (IdentityCheck identity in identities)
            {
                foreach (
                    (string said, ConsentBasis consent) in new (string, ConsentBasis)[]
                    {
                        ("spoken", CardWorld.Spoken),
                        ("not obtainable", CardWorld.NotObtainable),
                    }
                )
                {
                    if (!Opens(identity, level))
                    {
                        bool isFace = identity == IdentityCheck.NotMatched;
                        yield return new NegativeRow(
                            isFace ? Check.FaceMatches : Check.IdentityCarriesLevel,
                            $"identity {identity}, level {level}, consent {said}",
                            isFace
                                ? RefusalReason.IdentityNotMatched
                                : RefusalReason.IdentityCheckNotEnough,
                            way with
                            {
                                Identity = identity,
                                Consent = consent,
                            },
                            way with
                            {
                                Consent = consent,
                            }
                        );
                    }
                }
            }
        }
    }

    /// <summary>The whole table of what opens, written out a second time, so that the code's own is held against it.</summary>
    private static bool Opens(IdentityCheck identity, string level) =>
        $"{identity} {level}"
            is "PhotoMatchedByCrew A"
                or "PhotoMatchedByCrew B"
                or "PhotoMatchedByCrew C"
                or "PinEntered C"
                or "GuardianConfirmed B"
                or "GuardianConfirmed C";

    private static IEnumerable<NegativeRow> Missing()
    {
        foreach ((string how, string text) in new[] { ("empty", ""), ("blank", " ") })
        {
            for (int subset = 1; subset < 1 << Answers.Length; subset++)
            {
                ConsentBasis.NotObtainable half = Judged;
                List<string> names = [];
                for (int i = 0; i < Answers.Length; i++)
                {
                    if ((subset & (1 << i)) != 0)
                    {
                        half = Answers[i].Set(half, text);
                        names.Add(Answers[i].Name);
                    }
                }

                yield return Row(
                    Check.JudgementIsComplete,
                    $"judgement with {string.Join(" and ", names)} {how}",
                    RefusalReason.ConsentJudgementIncomplete,
                    half
                );
            }
        }
    }

    private static IEnumerable<NegativeRow> SamePerson()
    {
        foreach (
            (string one, string other) in new[]
            {
                ("leader", "leader"),
                ("leader", "LEADER"),
                ("Leader", "lEADER"),
                ("member-2", "member-2"),
                ("4001", "4001"),
            }
        )
        {
            yield return Row(
                Check.JudgementByTwo,
                $"judged by {one}, confirmed by {other}",
                RefusalReason.ConsentJudgementIncomplete,
                Judged with
                {
                    JudgedBy = one,
                    ConfirmedBy = other,
                }
            );
        }
    }

    private static IEnumerable<NegativeRow> Scale()
    {
        foreach (
            string jcs in new[]
            {
                "4",
                "5",
                "9",
                "11",
                "25",
                "40",
                "99",
                "101",
                "299",
                "301",
                "400",
                "1000",
                "-1",
                "00",
                "01",
                "0300",
                "200.0",
                "2e2",
                "0x64",
                "II-20",
                "JCS200",
                " 200",
                "200 ",
                "200\n",
                "２００",
                "二百",
                "unknown",
                "200,300",
                "200-R",
            }
        )
        {
            yield return Row(
                Check.ComaScaleExists,
                $"consciousness {Shown(jcs)}",
                RefusalReason.ConsentJudgementIncomplete,
                Judged with
                {
                    Jcs = jcs,
                }
            );
        }
    }

    private static IEnumerable<NegativeRow> Numbers()
    {
        foreach (
            string number in new[]
            {
                "123456789012",
                "1234-5678-9012",
                "1234 5678 9012",
                "１２３４５６７８９０１２",
                "member-123456789012",
                "000000000000",
            }
        )
        {
            foreach ((string name, var set) in Answers)
            {
                yield return Row(
                    Check.NoPersonalNumber,
                    $"twelve digits as {Shown(number)} in {name}",
                    RefusalReason.PersonalNumber,
                    set(Judged, number)
                );
            }
        }
    }

    private static IEnumerable<NegativeRow> Spelling()
    {
        foreach (
            string text in new[]
            {
                "隊長",
                "leader 1",
                "leader\n",
                "leader\0",
                "leader;member",
                "leader/2",
                "ｌｅａｄｅｒ",
                new string('x', 65),
            }
        )
        {
            foreach ((string name, var set) in Answers.Where(a => a.Name != "consciousness"))
            {
                yield return Row(
                    Check.JudgementIsComplete,
                    $"{name} spelt {Shown(text)}",
                    RefusalReason.ConsentJudgementIncomplete,
                    set(Judged, text)
                );
            }
        }
    }

    private static NegativeRow Row(
        Check check,
        string name,
        RefusalReason reason,
        ConsentBasis wrong
    ) =>
        new(
            check,
            name,
            reason,
            Attempt.Pin with
            {
                Consent = wrong,
            },
            Attempt.Pin with
            {
                Consent = Judged,
            }
        );

    private static string Shown(string text) =>
        text.Length > 40
            ? $"in {text.Length} letters"
            : $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal)}\"";
}
