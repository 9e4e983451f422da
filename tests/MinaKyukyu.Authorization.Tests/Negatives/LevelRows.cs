using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>The gate before each level, and what the source of records asks for.</summary>
internal static class LevelRows
{
    private static readonly Attempt Asserted = Attempt.Asserted with { Identity = Photo };
    private static readonly Attempt Read = Attempt.Read with { Identity = Photo };

    private static IdentityCheck Photo => IdentityCheck.PhotoMatchedByCrew;

    public static IEnumerable<NegativeRow> All() => [.. Gates(), .. Days(), .. Sources()];

    private static IEnumerable<NegativeRow> Gates()
    {
        yield return Row(Check.GateIsOpen, "level B with both gates shut", Asserted, null, null);
        yield return Row(Check.GateIsOpen, "level A with both gates shut", Read, null, null);
        yield return Row(
            Check.GateIsOfThisLevel,
            "level B with the gate of A alone",
            Asserted,
            null,
            Attempt.Approval
        );
        yield return Row(
            Check.GateIsOfThisLevel,
            "level A with the gate of B alone",
            Read,
            Attempt.Approval,
            null
        );
    }

    /// <summary>The world begins at 09:00 of 1 April in Japan.</summary>
    private static IEnumerable<NegativeRow> Days()
    {
        foreach (int days in new[] { 1, 2, 30, 365, 36_500 })
        {
            LevelApproval later = Attempt.Approval with
            {
                Date = Attempt.Approval.Date.AddDays(days),
            };
            yield return Row(
                Check.GateIsOpenToday,
                $"level B whose gate opens in {days} days",
                Asserted,
                later,
                Attempt.Approval
            );
            yield return Row(
                Check.GateIsOpenToday,
                $"level A whose gate opens in {days} days",
                Read,
                Attempt.Approval,
                later
            );
        }

        foreach (int seconds in new[] { 1, 60, 32_400 })
        {
            foreach ((string level, Attempt way) in new[] { ("B", Asserted), ("A", Read) })
            {
                yield return new NegativeRow(
                    Check.GateIsOpenToday,
                    $"level {level}, {seconds} s before the day of its gate in Japan",
                    RefusalReason.LevelNotAllowed,
                    At(way, -seconds),
                    At(way, 0)
                );
            }
        }
    }

    private static IEnumerable<NegativeRow> Sources()
    {
        foreach (
            (string level, Attempt way, CardLevel own) in new[]
            {
                ("A", Read, CardLevel.CertificateRead),
                ("B", Asserted, CardLevel.SpecialVerifier),
            }
        )
        {
            foreach (ConsentBasis consent in new[] { CardWorld.Spoken, CardWorld.NotObtainable })
            {
                foreach (CardLevel least in Enum.GetValues<CardLevel>().Where(l => l > own))
                {
                    yield return new NegativeRow(
                        Check.SourceAcceptsLevel,
                        $"level {level} before a source that asks for {least}, consent {consent.GetType().Name}",
                        RefusalReason.LevelNotAllowed,
                        way with
                        {
                            Least = least,
                            Consent = consent,
                        },
                        way with
                        {
                            Least = own,
                            Consent = consent,
                        }
                    );
                }
            }
        }
    }

    private static Attempt At(Attempt way, int seconds) =>
        way with
        {
            // 00:00 of 1 April in Japan.
            World = s =>
                s with
                {
                    Time = new ManualTime(TestCards.Start.AddHours(-9).AddSeconds(seconds)),
                },
        };

    private static NegativeRow Row(
        Check check,
        string name,
        Attempt way,
        LevelApproval? levelB,
        LevelApproval? levelA
    ) =>
        new(
            check,
            name,
            RefusalReason.LevelNotAllowed,
            way with
            {
                World = s =>
                    s with
                    {
                        Options = new AuthorizationOptions { LevelA = levelA, LevelB = levelB },
                    },
            },
            way
        );
}
