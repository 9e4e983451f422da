namespace MinaKyukyu.Authorization.Revocation;

/// <summary>On what the answer to "is this card revoked?" rests: a closed set, best first, then the three that refuse whatever the need.</summary>
public enum RevocationTier
{
    /// <summary>The responder says good, and its word is not older than its own cadence.</summary>
    OcspFresh = 1,

    /// <summary>The responder said good within the hour, and says nothing newer.</summary>
    OcspCached = 2,

    /// <summary>Not on the day's revocation list; possibly stale.</summary>
    CrlOnly = 3,

    /// <summary>Nothing that is new enough.</summary>
    NothingFresh = 4,

    /// <summary>Revoked, for whatever reason; a hold (certificateHold) is final too.</summary>
    Revoked = 5,

    /// <summary>The responder does not know this serial number: the authority never issued it, or the responder is another's.</summary>
    UnknownSerial = 6,

    /// <summary>The answer's signature, its responder, its nonce or the card it is about is not what was asked for: forged or replayed.</summary>
    AnswerForged = 7,

    /// <summary>No responder and no list was configured. Stands beside test anchors only.</summary>
    NotConfigured = 8,
}

/// <summary>Which kind of evidence decided.</summary>
public enum RevocationMethod
{
    Ocsp = 1,
    Crl = 2,
}

/// <summary>What was found about a card's revocation; recorded with each grant (公的個人認証法 38-4).</summary>
/// <param name="Method">Null when nothing decided.</param>
/// <param name="ThisUpdate">When the source says that it knew this; null with <paramref name="Method"/>.</param>
/// <param name="Age">How old that was by the slower of our two clocks.</param>
public sealed record RevocationFinding(
    RevocationTier Tier,
    RevocationMethod? Method,
    DateTimeOffset? ThisUpdate,
    TimeSpan? Age
);

/// <summary>What the read is for: an emergency read may go on with less.</summary>
public enum ReadKind
{
    Normal = 1,

    /// <summary>Consent is not obtainable, or a certificate was merely read (level A): alerted and reconciled.</summary>
    Emergency = 2,
}
