namespace MinaKyukyu.Authorization.Revocation;

/// <summary>What a responder says of a card.</summary>
public enum OcspStatus
{
    Good = 1,
    Revoked = 2,
    Unknown = 3,
}

/// <summary>Why there is no usable answer of the responder: a closed set.</summary>
public enum OcspProblem
{
    /// <summary>No connection, or an answer that is none (another HTTP status).</summary>
    Unreachable = 1,

    /// <summary>Nothing within the deadline.</summary>
    TimedOut = 2,

    /// <summary>As many questions under way as there may be.</summary>
    TooManyUnderWay = 3,

    TooLarge = 4,

    /// <summary>Not one response in DER, or of another shape than RFC 6960 gives it.</summary>
    Malformed = 5,

    /// <summary>The responder says that it cannot answer (tryLater, internalError, …).</summary>
    NotSuccessful = 6,

    /// <summary>A critical extension that is not understood.</summary>
    UnknownCritical = 7,

    /// <summary>Made or known at a moment that is yet to come, or known after it was signed.</summary>
    FromTheFuture = 8,

    /// <summary>Too old for any use.</summary>
    Stale = 9,

    /// <summary>It says two things about one card.</summary>
    Contradictory = 10,

    /// <summary>The signature does not verify, or its algorithm is not accepted.</summary>
    SignatureInvalid = 11,

    /// <summary>Signed by neither the card's authority nor a responder that this authority named, or by one whose time is over.</summary>
    ResponderNotAuthorized = 12,

    /// <summary>It does not carry our nonce: an answer to somebody else's question.</summary>
    NonceMismatch = 13,

    /// <summary>It is about another card, or another authority's.</summary>
    WrongCertificate = 14,
}

/// <summary>What is known about a card at one moment, as plain values: all that the table needs.</summary>
public sealed record RevocationReading
{
    /// <summary>False: neither responder nor list exists for this server.</summary>
    public bool IsConfigured { get; init; } = true;

    /// <summary>The best verified answer of the responder; null: none.</summary>
    public OcspStatus? Ocsp { get; init; }

    public DateTimeOffset? OcspThisUpdate { get; init; }

    public TimeSpan? OcspAge { get; init; }

    /// <summary>Whether the answer's own next update is past.</summary>
    public bool IsOcspOverdue { get; init; }

    /// <summary>Why the last question brought nothing usable; null: it did, or none was asked.</summary>
    public OcspProblem? Problem { get; init; }

    /// <summary>Whether a verified list names the card; null: no list covers it.</summary>
    public bool? IsListed { get; init; }

    public DateTimeOffset? ListThisUpdate { get; init; }

    public TimeSpan? ListAge { get; init; }

    /// <summary>Whether the list's own next update is past.</summary>
    public bool IsListOverdue { get; init; }
}
