using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.StandIn.Revocation;

/// <summary>What a test responder says of a certificate.</summary>
public enum OcspWord
{
    Good,
    Revoked,
    Unknown,
}

/// <summary>Which digest names the issuer.</summary>
public enum IdDigest
{
    Sha1,
    Sha256,
}

/// <summary>One certificate as a question or an answer names it.</summary>
public sealed record OcspId(IdDigest Digest, byte[] NameHash, byte[] KeyHash, byte[] Serial);

/// <summary>What an answer says of one certificate.</summary>
public sealed record OcspSingleSpec(
    OcspId Id,
    OcspWord Word,
    DateTimeOffset ThisUpdate,
    DateTimeOffset? NextUpdate
)
{
    /// <summary>Reason of a revocation, such as 6 for a hold; null: none is given.</summary>
    public int? Reason { get; init; }

    public IReadOnlyList<X509Extension> Further { get; init; } = [];
}

/// <summary>How an answer is to be made; everything may be wrong in it.</summary>
public sealed record OcspSpec(TestSigner Signer, IReadOnlyList<OcspSingleSpec> Singles)
{
    public required DateTimeOffset ProducedAt { get; init; }

    /// <summary>Null: none is echoed.</summary>
    public byte[]? Nonce { get; init; }

    /// <summary>Responder named by its key's SHA-1 instead of its name.</summary>
    public bool ByKey { get; init; }

    /// <summary>0 = successful; 3 = tryLater.</summary>
    public int ResponseStatus { get; init; }

    public string ResponseType { get; init; } = "1.3.6.1.5.5.7.48.1.1";

    /// <summary>Written out when not null; 0 is the default that DER leaves out.</summary>
    public int? Version { get; init; }

    public IReadOnlyList<X509Extension> Further { get; init; } = [];

    /// <summary>Certificates that come along, DER.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = [];

    /// <summary>Last word over the part that is signed, before it is signed; null: as it is.</summary>
    public Func<byte[], byte[]>? Patch { get; init; }

    /// <summary>In whose name it claims to be, when that is not the signer's.</summary>
    public byte[]? ClaimedName { get; init; }
}
