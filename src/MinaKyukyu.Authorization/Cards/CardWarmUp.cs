using System.Diagnostics;
using System.Text;
using MinaKyukyu.Authorization.Revocation;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>
/// Verifies the sample card once, from certificate to answer and list, so that the first crew after a start does not wait while the
/// machine learns how: the first verification of a process costs more than ten times the second.
/// </summary>
public static class CardWarmUp
{
    /// <summary>When the sample's answer was given (samples/card/README.md).</summary>
    private static readonly DateTimeOffset SampleMoment = new(
        2026,
        11,
        22,
        2,
        32,
        0,
        TimeSpan.Zero
    );

    private static readonly byte[] SampleChallenge = Encoding.ASCII.GetBytes(
        "MINA-KYUKYU sample challenge"
    );

    /// <exception cref="UnreachableException">The sample no longer verifies: then no card would.</exception>
    public static void Run()
    {
        CardReviewResult result = CardReview.Run(
            new CardReviewRequest(
                Read("card.pem"),
                TrustAnchors.Load([Encoding.ASCII.GetString(Read("ca.pem"))], []),
                SampleMoment
            )
            {
                Lists = [Read("list.crl")],
                Answer = Read("card.ocsp"),
                Challenge = SampleChallenge,
                Signature = Read("card.sig"),
            }
        );
        if (result is not { Refusal: null, Revocation.Tier: RevocationTier.OcspFresh })
        {
            throw new UnreachableException("The sample card does not verify.");
        }
    }

    private static byte[] Read(string name)
    {
        using Stream stream =
            typeof(CardWarmUp).Assembly.GetManifestResourceStream(name)
            ?? throw new UnreachableException($"{name} is part of this assembly.");
        byte[] octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return octets;
    }
}
