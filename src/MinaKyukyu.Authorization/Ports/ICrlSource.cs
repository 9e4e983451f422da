namespace MinaKyukyu.Authorization.Ports;

/// <summary>Where a revocation list comes from.</summary>
public interface ICrlSource
{
    /// <summary>The list, DER or PEM; null: the source has none to give, or one beyond the bound.</summary>
    Task<ReadOnlyMemory<byte>?> FetchAsync(CancellationToken stop);
}
