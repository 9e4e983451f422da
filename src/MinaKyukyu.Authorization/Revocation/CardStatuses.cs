using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.Ports;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>
/// What is known about the revocation of cards. Asking waits, with a deadline, before a decision; reading never waits. Answers are
/// kept in memory only, bounded, under a digest, and verified again on every read. Safe to use from many threads.
/// </summary>
public sealed class CardStatuses(
    IOcspResponder? responder,
    CrlBook lists,
    RevocationOptions options,
    INonceSource nonces,
    TimeProvider time,
    ILogger<CardStatuses> logger
)
{
    /// <summary>How long an answer is kept at most: a day beyond the last hour in which it counts.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(25);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeptAnswer> _answers = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, long Timestamp)> _oldestFirst = new();
    private readonly Dictionary<string, Task<StatusEvidence>> _flights = new(
        StringComparer.Ordinal
    );
    private readonly OcspVerifier _verifier = new(options);

    /// <summary>Whether there is anybody to ask.</summary>
    public bool IsConfigured => responder is not null || lists.IsConfigured;

    /// <summary>Whether a responder can be asked; lists alone cannot answer a question sooner.</summary>
    public bool CanAsk => responder is not null;

    /// <summary>How many answers are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _answers.Count;
            }
        }
    }

    /// <summary>How many questions are under way.</summary>
    public int UnderWay
    {
        get
        {
            lock (_gate)
            {
                return _flights.Count;
            }
        }
    }

    /// <summary>Asks the responder unless what is at hand suffices; one question at a time for one card, whoever waits for it.</summary>
    /// <returns>Within <see cref="RevocationOptions.AnswerWithin"/>, always; what is at hand when nothing came.</returns>
    public async Task<StatusEvidence> LookUpAsync(StatusQuestion question, CancellationToken stop)
    {
        // Verified outside the gate: nobody else waits for it.
        StatusEvidence atHand = AtHand(question);
        if (responder is null || (atHand.Answer is { } known && Suffices(question, known)))
        {
            return atHand;
        }

        Task<StatusEvidence>? flight;
        lock (_gate)
        {
            // An answer landed in between: it is as young as one that would be asked for now.
            if (_answers.GetValueOrDefault(question.Key) is { } landed && landed != atHand.Answer)
            {
                return new StatusEvidence(landed, null);
            }

            if (!_flights.TryGetValue(question.Key, out flight))
            {
                if (_flights.Count >= options.QuestionsUnderWay)
                {
                    RevocationLog.NoAnswer(logger, OcspProblem.TooManyUnderWay);
                    return new StatusEvidence(atHand.Answer, OcspProblem.TooManyUnderWay);
                }

                flight = FlyAsync(question, responder);
                _flights.Add(question.Key, flight);
            }
        }

        return await flight.WaitAsync(stop);
    }

    /// <summary>What is at hand, without asking anybody.</summary>
    public StatusEvidence AtHand(StatusQuestion question)
    {
        lock (_gate)
        {
            return new StatusEvidence(_answers.GetValueOrDefault(question.Key), null);
        }
    }

    /// <summary>An answer from elsewhere, such as a file, to be judged like one of ours; its nonce cannot be judged.</summary>
    public StatusEvidence Take(StatusQuestion question, ReadOnlyMemory<byte> answer) =>
        Judge(question, answer, ReadOnlyMemory<byte>.Empty);

    /// <summary>Everything that is known now, as values: the answer is verified again, ages are those of this moment.</summary>
    public RevocationReading Read(StatusQuestion question, StatusEvidence evidence)
    {
        DateTimeOffset now = time.GetUtcNow();
        (bool? isListed, CertificateList? list, TimeSpan? listAge, bool isListOverdue) = lists.Find(
            question
        );
        RevocationReading known = new()
        {
            IsConfigured =
                IsConfigured || evidence.Answer is not null || evidence.Problem is not null,
            Problem = evidence.Problem,
            IsListed = isListed,
            ListThisUpdate = list?.ThisUpdate,
            ListAge = listAge,
            IsListOverdue = isListOverdue,
        };
        return evidence.Answer is { } kept && Verify(question, kept, now, out _) is { } verified
            ? known with
            {
                Ocsp = verified.Status,
                OcspThisUpdate = verified.ThisUpdate,
                OcspAge = AgeOf(verified, kept, now),
                IsOcspOverdue = verified.NextUpdate < now - options.PastTolerance,
            }
            : known;
    }

    /// <summary>The table's word on this card now.</summary>
    public RevocationFinding Decide(StatusQuestion question, StatusEvidence evidence) =>
        RevocationTable.Decide(Read(question, evidence), options);

    /// <summary>
    /// Whether asking would tell nothing new: revoked for good; or good, young, and the responder itself says that it knows nothing
    /// newer yet. An answer without a next update says that newer knowledge is always to be had (RFC 6960 §2.4).
    /// </summary>
    private bool Suffices(StatusQuestion question, KeptAnswer kept)
    {
        DateTimeOffset now = time.GetUtcNow();
        return Verify(question, kept, now, out _) is { } known
            && (
                known.Status == OcspStatus.Revoked
                || (
                    known.Status == OcspStatus.Good
                    && now < known.NextUpdate
                    && AgeOf(known, kept, now) <= options.FreshWithin
                )
            );
    }

    private async Task<StatusEvidence> FlyAsync(StatusQuestion question, IOcspResponder asked)
    {
        // The caller holds the gate; the question itself is asked outside.
        await Task.Yield();
        try
        {
            byte[] nonce = new byte[OcspQuestion.NonceBytes];
            nonces.Fill(nonce);
            byte[] request = OcspQuestion.Encode(question, options.Digest, nonce);
            OcspReply reply = await AskWithinAsync(asked, request);
            return reply switch
            {
                OcspReply.Answered(var der) => Keep(question, Judge(question, der, nonce)),
                OcspReply.Failed(var problem) => Without(question, problem),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        finally
        {
            lock (_gate)
            {
                _flights.Remove(question.Key);
            }
        }
    }

    /// <summary>A responder that does not even obey its own cancellation costs no crew more than the deadline.</summary>
    private async Task<OcspReply> AskWithinAsync(IOcspResponder asked, byte[] request)
    {
        using var limit = new CancellationTokenSource(options.AnswerWithin, time);
        try
        {
            return await asked
                .AskAsync(request, limit.Token)
                .WaitAsync(options.AnswerWithin, time, CancellationToken.None);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return new OcspReply.Failed(OcspProblem.TimedOut);
        }
    }

    private StatusEvidence Judge(
        StatusQuestion question,
        ReadOnlyMemory<byte> der,
        ReadOnlyMemory<byte> nonce
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        KeptAnswer came = new(der, nonce, TimeSpan.Zero, time.GetTimestamp());
        if (Verify(question, came, now, out OcspProblem problem) is not { } verified)
        {
            return new StatusEvidence(null, problem);
        }

        TimeSpan age = now - verified.ThisUpdate;
        return verified.Status != OcspStatus.Revoked && age > options.CachedWithin
            ? new StatusEvidence(null, OcspProblem.Stale)
            : new StatusEvidence(came with { AgeThen = age }, null);
    }

    private StatusEvidence Keep(StatusQuestion question, StatusEvidence came)
    {
        if (came.Answer is not { } answer)
        {
            return Without(question, came.Problem!.Value);
        }

        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            KeptAnswer? before = _answers.GetValueOrDefault(question.Key);
            if (before is not null && SaysMore(question, before, answer, now))
            {
                return new StatusEvidence(before, null);
            }

            MakeRoom();
            _answers[question.Key] = answer;
            _oldestFirst.Enqueue((question.Key, answer.Timestamp));
            return came;
        }
    }

    /// <summary>Nothing usable came: what is at hand stays as it is, and so does its age.</summary>
    private StatusEvidence Without(StatusQuestion question, OcspProblem problem)
    {
        if (RevocationTable.IsForgery(problem))
        {
            RevocationLog.AnswerForged(logger, problem);
        }
        else
        {
            RevocationLog.NoAnswer(logger, problem);
        }

        return new StatusEvidence(AtHand(question).Answer, problem);
    }

    /// <summary>A "revoked" is never replaced, nor a newer answer by an older one.</summary>
    private bool SaysMore(
        StatusQuestion question,
        KeptAnswer before,
        KeptAnswer after,
        DateTimeOffset now
    ) =>
        Verify(question, before, now, out _) is { } old
        && Verify(question, after, now, out _) is { } young
        && young.Status != OcspStatus.Revoked
        && (old.Status == OcspStatus.Revoked || old.ThisUpdate > young.ThisUpdate);

    private void MakeRoom()
    {
        while (
            _oldestFirst.TryPeek(out (string Key, long Timestamp) oldest)
            && (
                _oldestFirst.Count >= options.MostAnswers
                || time.GetElapsedTime(oldest.Timestamp) > KeptFor
            )
        )
        {
            _oldestFirst.Dequeue();
            // A younger answer for the same card has its own place in the line.
            if (
                _answers.TryGetValue(oldest.Key, out KeptAnswer? kept)
                && kept.Timestamp == oldest.Timestamp
            )
            {
                _answers.Remove(oldest.Key);
            }
        }
    }

    private VerifiedAnswer? Verify(
        StatusQuestion question,
        KeptAnswer kept,
        DateTimeOffset now,
        out OcspProblem problem
    ) =>
        _verifier.Verify(
            kept.Der,
            question,
            kept.Nonce.Span,
            serial => lists.IsListed(question.Issuer, serial),
            now,
            out problem
        );

    private TimeSpan AgeOf(VerifiedAnswer verified, KeptAnswer kept, DateTimeOffset now) =>
        Ages.Of(verified.ThisUpdate, kept.AgeThen, kept.Timestamp, now, time);
}
