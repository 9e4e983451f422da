using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.StandIn.Cards;

/// <summary>What the other rooms of the national side may ask about the cards: who a handle belongs to, and whether the card is registered.</summary>
public interface IIssuedCards
{
    /// <summary>How many synthetic patients there are; they are numbered from 1.</summary>
    int Patients { get; }

    /// <summary>The patient whom a record handle names; null when no card with it was ever issued.</summary>
    int? FindPatient(string handle);

    /// <summary>Whether the card that a handle names is registered as an insurance card (マイナ保険証の利用登録).</summary>
    bool IsRegistered(string handle);
}

/// <summary>A card and what the national side knows of it.</summary>
public sealed record IssuedCard(int Patient, CardKind Kind, bool Registered, SoftwareCard Card);

/// <summary>The cards of the synthetic patients: made when first asked for, kept in memory only.</summary>
public sealed class IssuedCards : IIssuedCards, IDisposable
{
    /// <summary>
    /// Every eighth patient never registered the card as an insurance card: 12.5 %, near the 12.2 % of card holders who had not in
    /// October 2025.
    /// </summary>
    private const int UnregisteredEvery = 8;

    /// <summary>Most cards of one run; a card takes about 4 KiB.</summary>
    private const int MostCards = 10_000;

    private readonly ConcurrentDictionary<string, IssuedCard> _byHandle = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentDictionary<(int, CardKind), Lazy<IssuedCard>> _byPatient = new();
    private readonly ConcurrentDictionary<long, byte> _issued = new();
    private readonly ConcurrentDictionary<long, byte> _revoked = new();
    private readonly TimeProvider _time;
    private readonly int _seed;
    private readonly Lazy<TestCardAuthority> _other;
    private long _lastSerial;

    public IssuedCards(TimeProvider time, int seed, int patients)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patients, 1);
        _time = time;
        _seed = seed;
        Patients = patients;
        // Serial numbers start at a place that the seed chooses and stay positive in eight octets.
        _lastSerial = 0x0600_0000_0000_0000 + ((long)(uint)seed << 16);
        Authority = TestCardAuthority.Create(time.GetUtcNow(), NextSerial);
        _other = new(() => TestCardAuthority.Create(time.GetUtcNow(), NextSerial));
    }

    public TestCardAuthority Authority { get; }

    public int Patients { get; }

    /// <summary>Another authority with the same name: of <see cref="CardKind.OtherAuthority"/>, and of forged answers.</summary>
    public TestCardAuthority Namesake => _other.Value;

    /// <summary>Serial numbers of the cards that are revoked now.</summary>
    public IReadOnlyCollection<long> RevokedSerials => [.. _revoked.Keys];

    /// <summary>Whether the authority issued a card with this serial number.</summary>
    public bool Issued(long serial) => _issued.ContainsKey(serial);

    public bool IsRevoked(long serial) => _revoked.ContainsKey(serial);

    /// <summary>Revokes a card, or takes that back.</summary>
    /// <returns>False when there is no such card.</returns>
    public bool Revoke(int patient, CardKind kind, bool revoked = true)
    {
        if (Find(patient, kind) is not { } issued)
        {
            return false;
        }

        long serial = issued.Card.Serial;
        if (revoked)
        {
            _revoked[serial] = 0;
        }
        else
        {
            _revoked.TryRemove(serial, out _);
        }

        return true;
    }

    /// <summary>The card of a patient; the same one each time it is asked for.</summary>
    /// <returns>Null when there is no such patient, or too many cards were made.</returns>
    public IssuedCard? Find(int patient, CardKind kind)
    {
        if (patient < 1 || patient > Patients || _byHandle.Count >= MostCards)
        {
            return null;
        }

        return _byPatient
            .GetOrAdd((patient, kind), key => new(() => Make(key.Item1, key.Item2)))
            .Value;
    }

    /// <summary>The card with this very certificate; null when we did not issue it.</summary>
    public IssuedCard? FindByCertificate(X509Certificate2 certificate)
    {
        return
            _byHandle.GetValueOrDefault(SoftwareCard.RecordHandleOf(certificate)) is { } found
            && found.Card.Certificate.AsSpan().SequenceEqual(certificate.RawData)
            ? found
            : null;
    }

    public int? FindPatient(string handle) => _byHandle.GetValueOrDefault(handle)?.Patient;

    public bool IsRegistered(string handle) =>
        _byHandle.GetValueOrDefault(handle) is { Registered: true };

    public void Dispose()
    {
        foreach (IssuedCard card in _byHandle.Values)
        {
            card.Card.Dispose();
        }

        Authority.Dispose();
        if (_other.IsValueCreated)
        {
            _other.Value.Dispose();
        }
    }

    private IssuedCard Make(int patient, CardKind kind)
    {
        TestCardAuthority authority = kind == CardKind.OtherAuthority ? _other.Value : Authority;
        SoftwareCard card = authority.Issue(Specify(patient, kind), Pin(patient));
        if (kind != CardKind.OtherAuthority)
        {
            _issued[card.Serial] = 0;
        }

        if (kind == CardKind.Revoked)
        {
            _revoked[card.Serial] = 0;
        }

        bool isRegistered = kind != CardKind.NotRegistered && patient % UnregisteredEvery != 0;
        IssuedCard issued = new(patient, kind, isRegistered, card);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(
            card.Certificate
        );
        _byHandle[SoftwareCard.RecordHandleOf(certificate)] = issued;
        return issued;
    }

    private CardSpec Specify(int patient, CardKind kind)
    {
        DateTimeOffset now = _time.GetUtcNow().ToOffset(TestProfile.Japan);
        DateOnly today = DateOnly.FromDateTime(now.DateTime);
        // Birthdays differ by patient; day 28 exists in every month.
        DateOnly end = kind switch
        {
            CardKind.Expired => today.AddMonths(-8),
            CardKind.ExpiredGrace => today.AddMonths(-1),
            CardKind.ExpiringSoon => today.AddMonths(2),
            _ => TestProfile.FifthBirthday(
                today.AddYears(-1),
                1 + (Mix(patient) % 12),
                1 + (Mix(patient + 7919) % 28)
            ),
        };
        DateTimeOffset start =
            kind == CardKind.NotYetValid ? now.AddDays(2) : TestProfile.EndOfDay(end).AddYears(-5);
        CardSpec spec = new(start, TestProfile.EndOfDay(end));
        return kind == CardKind.OtherPolicy
            ? spec with
            {
                Policy = TestProfile.PolicyOid + ".1",
            }
            : spec;
    }

    private string Pin(int patient) =>
        (1000 + (Mix(patient + 104_729) % 9000)).ToString(
            System.Globalization.CultureInfo.InvariantCulture
        );

    /// <summary>A number that looks random and follows from seed and patient alone.</summary>
    private int Mix(int patient)
    {
        uint x = unchecked((uint)((_seed * 31) + patient) * 2_654_435_761u);
        x ^= x >> 15;
        x = unchecked(x * 2_246_822_519u);
        return (int)((x ^ (x >> 13)) & 0x7fff_ffff);
    }

    private long NextSerial() => Interlocked.Increment(ref _lastSerial);
}
