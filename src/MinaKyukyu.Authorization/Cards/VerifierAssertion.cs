using System.Security.Cryptography;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>
/// Reads a special verifier's assertion: eleven fields, the last of which is the signature over all octets before it. The field
/// list stands in the README of this room; the national one is not published, so this is ours, and simulated.
/// </summary>
internal static class VerifierAssertion
{
    private const string Domain = "MINA-KYUKYU/VERIFIER-ASSERTION/1";
    private const int FieldCount = 11;

    /// <summary>Ten fields of at most 64 octets and a signature fit into a quarter of it.</summary>
    private const int Longest = 4 * 1024;

    /// <returns>Null when it proves the presence of this card for this challenge.</returns>
    public static CardRefusal? Check(
        ReadOnlyMemory<byte> assertion,
        CardCertificate certificate,
        SignedChallenge challenge,
        TrustedVerifier verifier,
        TimeSpan clockTolerance,
        DateTimeOffset now
    )
    {
        if (
            assertion.Length > Longest
            || SignedFields.Read(assertion, FieldCount) is not { Count: FieldCount } fields
        )
        {
            return CardRefusal.AssertionInvalid;
        }

        ReadOnlyMemory<byte> signature = fields[^1];
        ReadOnlyMemory<byte> statement = assertion[..^(sizeof(int) + signature.Length)];
        bool isGenuine =
            SignedFields.Is(fields[0], Domain)
            && SignedFields.Is(
                fields[1],
                verifier.IsSimulated ? "simulated=true" : "simulated=false"
            )
            && SignedFields.Is(fields[2], verifier.ApprovalId)
            && SignedFields.Is(fields[3], verifier.KeyId)
            && verifier.Signed(statement.Span, signature.Span);
        bool isAboutThis =
            fields[4].Span.SequenceEqual(SHA256.HashData(challenge.Octets.Span))
            && fields[5].Span.SequenceEqual(certificate.Identity.Digest())
            && fields[6].Span.SequenceEqual(SHA256.HashData(certificate.Parsed.RawDataMemory.Span))
            && SignedFields.ReadMoment(fields[9]) is { } issuedAt
            && issuedAt >= challenge.IssuedAt - clockTolerance
            && issuedAt <= now + clockTolerance;
        if (!isGenuine || !isAboutThis)
        {
            return CardRefusal.AssertionInvalid;
        }

        // Registration is the verifier's word; anything but its two words is not understood.
        return SignedFields.Is(fields[7], "registered") ? null
            : SignedFields.Is(fields[7], "not-registered") ? CardRefusal.NotRegistered
            : CardRefusal.AssertionInvalid;
    }
}
