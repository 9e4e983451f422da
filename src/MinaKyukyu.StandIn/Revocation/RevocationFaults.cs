namespace MinaKyukyu.StandIn.Revocation;

/// <summary>What goes wrong with the responder or the list, on demand.</summary>
public enum RevocationFault
{
    None = 0,

    /// <summary>The question is accepted and never answered.</summary>
    Hang = 1,

    /// <summary>The right answer, 700 ms late: just within the server's patience.</summary>
    Slow = 2,

    /// <summary>The right answer, four bytes every quarter of a second.</summary>
    SlowDrip = 3,

    /// <summary>HTTP 500.</summary>
    Error = 4,

    /// <summary>tryLater.</summary>
    TryLater = 5,

    /// <summary>Good, as known two hours ago.</summary>
    Stale = 6,

    /// <summary>Signed by another authority with the same name.</summary>
    WrongSigner = 7,

    /// <summary>Carries the nonce of an earlier question.</summary>
    Replay = 8,
}

/// <summary>The fault that is switched on now.</summary>
public sealed class RevocationFaults
{
    private volatile int _current;

    public RevocationFault Current
    {
        get => (RevocationFault)_current;
        set => _current = (int)value;
    }

    /// <summary>The word of a fault on the wire.</summary>
    internal static RevocationFault? Parse(string? word) =>
        word switch
        {
            "none" => RevocationFault.None,
            "hang" => RevocationFault.Hang,
            "slow" => RevocationFault.Slow,
            "slow-drip" => RevocationFault.SlowDrip,
            "error" => RevocationFault.Error,
            "try-later" => RevocationFault.TryLater,
            "stale" => RevocationFault.Stale,
            "wrong-signer" => RevocationFault.WrongSigner,
            "replay" => RevocationFault.Replay,
            _ => null,
        };
}
