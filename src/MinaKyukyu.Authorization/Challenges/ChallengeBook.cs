using System.Security.Cryptography;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Challenges;

/// <summary>Whether a challenge may still be answered: a closed set.</summary>
internal abstract record ChallengeSpending
{
    private ChallengeSpending() { }

    /// <summary>This attempt, and no other, may now be checked.</summary>
    public sealed record Spent(CardCheck Check) : ChallengeSpending;

    /// <summary>Not issued by this start of this node, or for somebody else: both look the same.</summary>
    public sealed record Unknown : ChallengeSpending;

    public sealed record Expired : ChallengeSpending;

    /// <summary>Another attempt came before, whatever became of it.</summary>
    public sealed record Used : ChallengeSpending;
}

/// <summary>
/// The challenges that this node issued and nobody else can accept: in memory, bounded, gone with the process. Safe to use from
/// many threads.
/// </summary>
/// <remarks>
/// An attempt takes the challenge out of use before its evidence is looked at, whether it then succeeds or not. The very same
/// attempt (same request id, same octets) may be decided again, because an answer that was lost on the radio must not cost the
/// patient a second PIN; that one challenge yields one grant is held by the claim in the journal.
/// </remarks>
public sealed class ChallengeBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ChallengeId, Entry> _entries = [];
    private readonly Dictionary<ChallengeBinding, ChallengeId> _byBinding = [];
    private readonly Queue<ChallengeId> _oldestFirst = new();
    private readonly INonceSource _nonces;
    private readonly IIdSource _ids;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;
    private readonly int _capacity;
    private readonly string _nodeBoot;

    public ChallengeBook(
        INonceSource nonces,
        IIdSource ids,
        TimeProvider time,
        AuthorizationOptions options
    )
    {
        _nonces = nonces;
        _ids = ids;
        _time = time;
        _lifetime = options.ChallengeLifetime;
        _capacity = options.MostOpenChallenges;
        _nodeBoot = ids.Next();
    }

    /// <summary>How many challenges are held, those included that are over and not yet swept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Issues a challenge; one that waited for the same card on the same device is given up for it.</summary>
    /// <returns>Null when the book is full.</returns>
    internal CardCheck? Issue(ChallengeBinding binding, Func<CardChallenge, CardCheck> check)
    {
        lock (_gate)
        {
            Sweep();
            if (_byBinding.TryGetValue(binding, out ChallengeId earlier))
            {
                Remove(earlier);
            }

            if (_entries.Count >= _capacity)
            {
                return null;
            }

            Span<byte> nonce = stackalloc byte[CardChallenge.NonceBytes];
            _nonces.Fill(nonce);
            DateTimeOffset now = _time.GetUtcNow();
            CardChallenge challenge = new(
                new ChallengeId(_ids.Next()),
                binding,
                _nodeBoot,
                nonce,
                now,
                now + _lifetime
            );
            CardCheck issued = check(challenge);
            _entries.Add(challenge.Id, new Entry(issued, _time.GetTimestamp()));
            _byBinding[binding] = challenge.Id;
            _oldestFirst.Enqueue(challenge.Id);
            return issued;
        }
    }

    /// <summary>Takes a challenge out of use for one attempt.</summary>
    internal ChallengeSpending Spend(
        ChallengeId id,
        ChallengeBinding binding,
        ReadOnlySpan<byte> attempt
    )
    {
        lock (_gate)
        {
            // Somebody else's try does not spend the challenge: else an id overheard would be enough to stop a crew.
            if (
                !_entries.TryGetValue(id, out Entry? entry)
                || entry.Check.Challenge.Binding != binding
            )
            {
                return new ChallengeSpending.Unknown();
            }

            if (IsOver(entry))
            {
                return new ChallengeSpending.Expired();
            }

            if (entry.Attempt is { } earlier)
            {
                return CryptographicOperations.FixedTimeEquals(earlier, attempt)
                    ? new ChallengeSpending.Spent(entry.Check)
                    : new ChallengeSpending.Used();
            }

            entry.Attempt = attempt.ToArray();
            return new ChallengeSpending.Spent(entry.Check);
        }
    }

    /// <summary>Whether <see cref="Spend"/> would let this attempt be checked; changes nothing.</summary>
    internal bool MayBeAnswered(
        ChallengeId id,
        ChallengeBinding binding,
        ReadOnlySpan<byte> attempt
    )
    {
        lock (_gate)
        {
            return _entries.TryGetValue(id, out Entry? entry)
                && entry.Check.Challenge.Binding == binding
                && !IsOver(entry)
                && (
                    entry.Attempt is not { } earlier
                    || CryptographicOperations.FixedTimeEquals(earlier, attempt)
                );
        }
    }

    /// <summary>Gives up what waits for a patient's card: refused, withdrawn, handed over.</summary>
    public void Forget(IncidentId incident, PatientSlot patient)
    {
        lock (_gate)
        {
            foreach (
                ChallengeId id in _byBinding
                    .Where(b => b.Key.Incident == incident && b.Key.Patient == patient)
                    .Select(b => b.Value)
                    .ToList()
            )
            {
                Remove(id);
            }
        }
    }

    /// <summary>By either clock, so that setting the wall clock back gives no challenge a second life.</summary>
    private bool IsOver(Entry entry) =>
        _time.GetElapsedTime(entry.IssuedTimestamp) >= _lifetime
        || _time.GetUtcNow() >= entry.Check.Challenge.ExpiresAt;

    /// <summary>Over ones are kept for a second lifetime, so that a late crew hears "too late" and not "unknown".</summary>
    private void Sweep()
    {
        while (_oldestFirst.TryPeek(out ChallengeId oldest))
        {
            if (
                _entries.TryGetValue(oldest, out Entry? entry)
                && _time.GetElapsedTime(entry.IssuedTimestamp)
                    < (_entries.Count < _capacity ? 2 : 1) * _lifetime
            )
            {
                return;
            }

            _oldestFirst.Dequeue();
            Remove(oldest);
        }
    }

    private void Remove(ChallengeId id)
    {
        if (!_entries.Remove(id, out Entry? entry))
        {
            return;
        }

        ChallengeBinding binding = entry.Check.Challenge.Binding;
        if (_byBinding.TryGetValue(binding, out ChallengeId current) && current == id)
        {
            _byBinding.Remove(binding);
        }
    }

    private sealed class Entry(CardCheck check, long issuedTimestamp)
    {
        public CardCheck Check { get; } = check;

        public long IssuedTimestamp { get; } = issuedTimestamp;

        public byte[]? Attempt { get; set; }
    }
}
