using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>A card as a reviewer has it, in files.</summary>
/// <param name="Certificate">DER or PEM.</param>
public sealed record CardReviewRequest(
    ReadOnlyMemory<byte> Certificate,
    TrustAnchors Anchors,
    DateTimeOffset At
)
{
    /// <summary>Revocation lists, DER or PEM.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Lists { get; init; } = [];

    /// <summary>An OCSP response, DER; its nonce cannot be judged.</summary>
    public ReadOnlyMemory<byte>? Answer { get; init; }

    /// <summary>What the card was to sign, with <see cref="Signature"/>: level C. Without: level A.</summary>
    public ReadOnlyMemory<byte>? Challenge { get; init; }

    public ReadOnlyMemory<byte>? Signature { get; init; }
}

/// <summary>What the server would say to it.</summary>
/// <param name="Refusal">Null: accepted.</param>
/// <param name="Revocation">Null when nothing was to be asked about it.</param>
/// <param name="AnswerProblem">Why the OCSP response is not used; null: it is, or none was given.</param>
/// <param name="ListProblems">For each list why it is not used; null: it is.</param>
public sealed record CardReviewResult(
    CardLevel Level,
    CardRefusal? Refusal,
    RevocationFinding? Revocation,
    ImmutableArray<CardNote> Notes,
    OcspProblem? AnswerProblem,
    ImmutableArray<CrlProblem?> ListProblems
);

/// <summary>
/// The server's own verdict over files, for reviewers and tests: the same <see cref="CardVerifier"/>, without challenge book, crew
/// or journal. The gate of level A is taken as open; whether it is, is a department's approval.
/// </summary>
public static class CardReview
{
    public static CardReviewResult Run(CardReviewRequest request)
    {
        CardReviewResult result = Run(request, CertificateIdDigest.Sha1);
        // A file does not say with which digest it was asked for.
        return result.AnswerProblem == OcspProblem.WrongCertificate
            ? Run(request, CertificateIdDigest.Sha256)
            : result;
    }

    private static CardReviewResult Run(CardReviewRequest request, CertificateIdDigest digest)
    {
        StandingTime time = new(request.At);
        RevocationOptions options = new() { Digest = digest };
        CrlBook lists = new(
            [.. request.Lists.Select(_ => new NoSource())],
            request.Anchors,
            options,
            time,
            NullLogger<CrlBook>.Instance
        );
        CardStatuses statuses = new(
            responder: null,
            lists,
            options,
            new SystemNonceSource(),
            time,
            NullLogger<CardStatuses>.Instance
        );
        CardVerifier verifier = new(
            request.Anchors,
            verifier: null,
            new LevelGates(
                request.Anchors.Kind,
                levelB: null,
                new LevelApproval("REVIEW", DateOnly.MinValue.AddDays(1), "reviewer")
            ),
            statuses,
            new AuthorizationOptions { Revocation = options }
        );
        ImmutableArray<CrlProblem?> listProblems = [.. request.Lists.Select(lists.Load)];
        CardEvidence evidence = EvidenceOf(request);
        using ExaminedCard card = verifier.Examine(evidence);
        StatusQuestion? question = verifier.FindQuestion(card, request.At);
        StatusEvidence? status =
            question is not null && request.Answer is { } answer
                ? statuses.Take(question, answer)
                : null;
        CardVerdict verdict = verifier.Verify(
            card,
            new SignedChallenge(request.Challenge ?? default, request.At),
            evidence.Level == CardLevel.CertificateRead ? ReadKind.Emergency : ReadKind.Normal,
            status,
            request.At
        );
        return new CardReviewResult(
            evidence.Level,
            (verdict as CardVerdict.Refused)?.Reason,
            question is null ? null : statuses.Decide(question, status ?? StatusEvidence.Nothing),
            (verdict as CardVerdict.Accepted)?.Notes ?? [],
            status?.Problem,
            listProblems
        );
    }

    private static CardEvidence EvidenceOf(CardReviewRequest request)
    {
        ReadOnlyMemory<byte> certificate = Unwrap(request.Certificate);
        return request.Signature is { } signature
            ? new CardEvidence.PinChallenge(certificate, signature)
            : new CardEvidence.CertificateRead(certificate);
    }

    private static ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> octets)
    {
        string text = System.Text.Encoding.ASCII.GetString(octets.Span);
        if (!text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            return octets;
        }

        try
        {
            using X509Certificate2 read = X509Certificate2.CreateFromPem(text);
            return read.RawData;
        }
        catch (CryptographicException)
        {
            return octets;
        }
    }

    /// <summary>Says that there are lists; they were read from files.</summary>
    private sealed class NoSource : ICrlSource
    {
        public Task<ReadOnlyMemory<byte>?> FetchAsync(CancellationToken stop) =>
            Task.FromResult<ReadOnlyMemory<byte>?>(null);
    }
}

/// <summary>A moment that does not pass.</summary>
internal sealed class StandingTime(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;

    public override long GetTimestamp() => 0;
}
