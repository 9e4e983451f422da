using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MinaKyukyu.Authorization.SignOn;

/// <summary>What a check of a personal proof found.</summary>
internal abstract record SecretCheck
{
    private SecretCheck() { }

    /// <param name="TotpStep">The step that was used up; null for a PIN.</param>
    public sealed record Right(long? TotpStep) : SecretCheck;

    public sealed record Wrong : SecretCheck;
}

/// <summary>
/// Seals members' secrets for the journal and checks proofs against them. A PIN is stretched by PBKDF2-HMAC-SHA-512, the
/// strongest password function of the framework, under a pepper that is not in the journal; the result, or the authenticator's
/// secret, is sealed with AES-256-GCM and bound to its scope. Safe to use from many threads.
/// </summary>
/// <remarks>Six digits are few: without the key file beside the journal neither can be guessed; with both, PBKDF2 makes a guess cost about 0.1 s.</remarks>
public sealed class SignOnSecrets
{
    /// <summary>256 bits; pepper and sealing key are derived from it.</summary>
    public const int KeyBytes = 32;

    /// <summary>
    /// 210,000: OWASP's figure for PBKDF2-HMAC-SHA-512 (Password Storage Cheat Sheet, 2023). On the 2-core machine of
    /// loadtests/RESULTS.md one check takes about 0.1 s.
    /// </summary>
    public const int Iterations = 210_000;

    private const byte Version = 1;
    private const byte PinKind = 1;
    private const byte TotpKind = 2;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _pepper;
    private readonly byte[] _sealing;

    /// <exception cref="ArgumentException">Shorter than <see cref="KeyBytes"/>.</exception>
    public SignOnSecrets(ReadOnlySpan<byte> key)
    {
        if (key.Length < KeyBytes)
        {
            throw new ArgumentException(
                $"A sign-on key has at least {KeyBytes} bytes.",
                nameof(key)
            );
        }

        _pepper = Derive(key, "pin-pepper");
        _sealing = Derive(key, "secret-sealing");
    }

    /// <summary>Seals a PIN for one registration.</summary>
    /// <exception cref="ArgumentException">Not an acceptable PIN.</exception>
    public byte[] SealPin(string pin, string scope)
    {
        if (!PersonalProof.Pin.IsAcceptable(pin))
        {
            throw new ArgumentException(
                $"暗証番号は{PersonalProof.Pin.Fewest}〜{PersonalProof.Pin.Most}桁の数字で、同じ数字だけ・連番は使えません / A PIN has {PersonalProof.Pin.Fewest} to {PersonalProof.Pin.Most} digits, not all the same and not in a row."
            );
        }

        byte[] content = new byte[sizeof(int) + SaltBytes + HashBytes];
        BinaryPrimitives.WriteInt32BigEndian(content, Iterations);
        RandomNumberGenerator.Fill(content.AsSpan(sizeof(int), SaltBytes));
        Stretch(pin, content.AsSpan(sizeof(int), SaltBytes), Iterations)
            .CopyTo(content.AsSpan(sizeof(int) + SaltBytes));
        return Seal(PinKind, content, scope);
    }

    /// <summary>Seals a new authenticator secret for one registration.</summary>
    /// <returns>The sealed bytes, and the secret for the member's authenticator, base 32, to be shown once.</returns>
    public (byte[] Sealed, string Secret) SealNewTotp(string scope)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        return (Seal(TotpKind, secret, scope), Base32.Write(secret).ToUpperInvariant());
    }

    /// <summary>Checks a proof; takes as long for a missing secret as for a wrong PIN.</summary>
    /// <param name="sealedSecret">Null: there is no such member.</param>
    internal SecretCheck Check(
        ReadOnlyMemory<byte>? sealedSecret,
        string scope,
        PersonalProof proof,
        DateTimeOffset now
    )
    {
        if (sealedSecret is not { } kept || Open(kept.Span, scope) is not var (kind, content))
        {
            Stretch("000000", new byte[SaltBytes], Iterations);
            return new SecretCheck.Wrong();
        }

        return (kind, proof) switch
        {
            (PinKind, PersonalProof.Pin pin) => CheckPin(content, pin.Digits),
            (TotpKind, PersonalProof.Totp totp)
                when Totp.FindStep(content, totp.Code, now) is { } step => new SecretCheck.Right(
                step
            ),
            _ => new SecretCheck.Wrong(),
        };
    }

    private SecretCheck CheckPin(ReadOnlySpan<byte> content, string digits)
    {
        int iterations = BinaryPrimitives.ReadInt32BigEndian(content);
        byte[] tried = Stretch(digits, content.Slice(sizeof(int), SaltBytes), iterations);
        return CryptographicOperations.FixedTimeEquals(tried, content[(sizeof(int) + SaltBytes)..])
            ? new SecretCheck.Right(null)
            : new SecretCheck.Wrong();
    }

    private byte[] Stretch(string pin, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(
            HMACSHA256.HashData(_pepper, Encoding.UTF8.GetBytes(pin)),
            salt,
            iterations,
            HashAlgorithmName.SHA512,
            HashBytes
        );

    private byte[] Seal(byte kind, ReadOnlySpan<byte> content, string scope)
    {
        byte[] whole = new byte[2 + NonceBytes + content.Length + TagBytes];
        whole[0] = Version;
        whole[1] = kind;
        Span<byte> nonce = whole.AsSpan(2, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm aes = new(_sealing, TagBytes);
        aes.Encrypt(
            nonce,
            content,
            whole.AsSpan(2 + NonceBytes, content.Length),
            whole.AsSpan(whole.Length - TagBytes),
            AssociatedWith(kind, scope)
        );
        return whole;
    }

    /// <summary>Null when it was sealed under another key, for another scope, or altered.</summary>
    private (byte Kind, byte[] Content)? Open(ReadOnlySpan<byte> whole, string scope)
    {
        if (whole.Length < 2 + NonceBytes + TagBytes || whole[0] != Version)
        {
            return null;
        }

        byte[] content = new byte[whole.Length - 2 - NonceBytes - TagBytes];
        try
        {
            using AesGcm aes = new(_sealing, TagBytes);
            aes.Decrypt(
                whole.Slice(2, NonceBytes),
                whole.Slice(2 + NonceBytes, content.Length),
                whole[^TagBytes..],
                content,
                AssociatedWith(whole[1], scope)
            );
            return (whole[1], content);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] AssociatedWith(byte kind, string scope) =>
        [Version, kind, .. Encoding.UTF8.GetBytes(scope)];

    private static byte[] Derive(ReadOnlySpan<byte> key, string purpose) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            key.ToArray(),
            KeyBytes,
            info: Encoding.ASCII.GetBytes($"MINA-KYUKYU/SIGN-ON/1/{purpose}")
        );
}
