using System.Security.Cryptography;
using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>What a genuine answer says of the card that was asked about.</summary>
internal sealed record VerifiedAnswer(
    OcspStatus Status,
    DateTimeOffset ThisUpdate,
    DateTimeOffset? NextUpdate
);

/// <summary>Says whether an answer may be believed. Pure; run again on every read of a kept answer.</summary>
internal sealed class OcspVerifier(RevocationOptions options)
{
    /// <param name="nonce">What was sent; empty: the answer was not asked for by us, and its nonce cannot be judged.</param>
    /// <param name="isListed">Whether a usable list of the authority names a serial number; null: there is no such list.</param>
    /// <returns>Null with the first problem, in the order in which they are named.</returns>
    public VerifiedAnswer? Verify(
        ReadOnlyMemory<byte> der,
        StatusQuestion question,
        ReadOnlySpan<byte> nonce,
        Func<ReadOnlyMemory<byte>, bool?> isListed,
        DateTimeOffset now,
        out OcspProblem problem
    )
    {
        if (OcspAnswer.Read(der, question, options.Digest, out problem) is not { } answer)
        {
            return null;
        }

        if (CheckSignature(answer, question.Issuer, isListed, now) is { } forged)
        {
            problem = forged;
            return null;
        }

        if (!IsOurNonce(answer, nonce))
        {
            problem = OcspProblem.NonceMismatch;
            return null;
        }

        SingleAnswer[] about = [.. answer.Singles.Where(s => s.IsAboutThisCard)];
        if (about.Length == 0)
        {
            problem = OcspProblem.WrongCertificate;
            return null;
        }

        // Whoever is revoked stays so, whatever the clocks and the other half of the answer say.
        if (about.FirstOrDefault(s => s.Status == OcspStatus.Revoked) is { } revoked)
        {
            return new VerifiedAnswer(revoked.Status, revoked.ThisUpdate, revoked.NextUpdate);
        }

        SingleAnswer oldest = about.MinBy(s => s.ThisUpdate)!;
        if (about.Any(s => s.Status != oldest.Status))
        {
            problem = OcspProblem.Contradictory;
            return null;
        }

        DateTimeOffset latest = now + options.FutureTolerance;
        if (
            answer.ProducedAt > latest
            || about.Any(s =>
                s.ThisUpdate > latest || s.ThisUpdate > answer.ProducedAt + options.FutureTolerance
            )
        )
        {
            problem = OcspProblem.FromTheFuture;
            return null;
        }

        return new VerifiedAnswer(oldest.Status, oldest.ThisUpdate, about.Min(s => s.NextUpdate));
    }

    /// <summary>By the card's own authority, or by a responder that it named.</summary>
    private static OcspProblem? CheckSignature(
        OcspAnswer answer,
        IssuingAuthority authority,
        Func<ReadOnlyMemory<byte>, bool?> isListed,
        DateTimeOffset now
    )
    {
        bool isSomebody = false;
        bool isSigned = false;
        if (Names(answer, authority.Name, authority.Key.Bits.Span))
        {
            isSomebody = authority.IsValid(now);
            isSigned =
                isSomebody
                && authority.Signed(
                    answer.Algorithm,
                    answer.SignedPart.Span,
                    answer.Signature.Span
                );
        }

        foreach (ReadOnlyMemory<byte> der in answer.Certificates)
        {
            if (IsAuthority(der, authority))
            {
                continue;
            }

            // Every certificate that comes along has its reason: octets that nobody checks have no place in an answer.
            using CardCertificate? responder = CardCertificate.Read(der);
            if (
                responder is null
                || !DelegatedResponder.IsAuthorized(responder, authority, isListed, now)
            )
            {
                return OcspProblem.ResponderNotAuthorized;
            }

            if (Names(answer, responder.Subject, responder.Key!.Bits.Span))
            {
                isSomebody = true;
                isSigned =
                    isSigned
                    || responder.Key.Verifies(
                        answer.Algorithm,
                        answer.SignedPart.Span,
                        answer.Signature.Span
                    );
            }
        }

        return isSigned ? null
            : isSomebody ? OcspProblem.SignatureInvalid
            : OcspProblem.ResponderNotAuthorized;
    }

    private static bool IsAuthority(ReadOnlyMemory<byte> der, IssuingAuthority authority) =>
        string.Equals(
            Convert.ToHexStringLower(SHA256.HashData(der.Span)),
            authority.Pin,
            StringComparison.Ordinal
        );

    /// <summary>Whether the answer says that this is who signed it.</summary>
    private static bool Names(
        OcspAnswer answer,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> keyBits
    ) =>
        answer.ResponderName is { } byName
            ? byName.Span.SequenceEqual(name)
            : answer.ResponderKeyHash is { } byKey
                && byKey.Span.SequenceEqual(CertificateId.ResponderKeyHash(keyBits));

    private bool IsOurNonce(OcspAnswer answer, ReadOnlySpan<byte> nonce) =>
        nonce.IsEmpty
        || (answer.Nonce is { } echoed ? echoed.Span.SequenceEqual(nonce) : !options.RequireNonce);
}
