using System.Security.Cryptography;

namespace MinaKyukyu.Journal.Ports;

/// <summary>Where salts come from; injected, so that a simulated run repeats to the byte.</summary>
public interface ISaltSource
{
    void Fill(Span<byte> salt);
}

/// <summary>Salts that nobody can guess.</summary>
public sealed class UnguessableSalts : ISaltSource
{
    public void Fill(Span<byte> salt) => RandomNumberGenerator.Fill(salt);
}
