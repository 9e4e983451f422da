using System.Security.Cryptography;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Grants;

/// <summary>A department's key for patient references. Never written to the journal.</summary>
public sealed class PatientRefKey
{
    /// <summary>256 bits, the output size of the HMAC that it drives.</summary>
    public const int LeastBytes = 32;

    private readonly byte[] _key;

    /// <exception cref="ArgumentException">Shorter than <see cref="LeastBytes"/>.</exception>
    public PatientRefKey(ReadOnlySpan<byte> key)
    {
        if (key.Length < LeastBytes)
        {
            throw new ArgumentException(
                $"A patient reference key has at least {LeastBytes} bytes.",
                nameof(key)
            );
        }

        _key = key.ToArray();
    }

    public override string ToString() => "(withheld)";

    internal PatientRef RefOf(ReadOnlySpan<byte> issuerAndSerial) =>
        new(Base32.Write(HMACSHA256.HashData(_key, issuerAndSerial)));
}
