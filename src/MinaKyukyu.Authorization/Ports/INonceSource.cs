using System.Security.Cryptography;

namespace MinaKyukyu.Authorization.Ports;

/// <summary>Where unpredictable octets come from; injected, so that a whole run can be replayed.</summary>
public interface INonceSource
{
    void Fill(Span<byte> nonce);
}

/// <summary>The operating system's generator.</summary>
public sealed class SystemNonceSource : INonceSource
{
    public void Fill(Span<byte> nonce) => RandomNumberGenerator.Fill(nonce);
}
