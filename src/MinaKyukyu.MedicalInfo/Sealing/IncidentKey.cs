using System.Security.Cryptography;
using System.Text;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.MedicalInfo.Sealing;

/// <summary>
/// The secret of one patient in one incident: random, in the memory of this process alone. Destroying it makes every sealed copy
/// unreadable, wherever it lies (crypto-erase).
/// </summary>
/// <remarks>Safe for use by several threads; after <see cref="Dispose"/> nothing seals and nothing opens.</remarks>
internal sealed class IncidentKey : IDisposable
{
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes + TagBytes;

    private readonly Lock _gate = new();
    private readonly IncidentId _incident;
    private readonly PatientRef _patient;
    private readonly byte[] _naming;
    private readonly AesGcm _cipher;
    private bool _isDestroyed;

    public IncidentKey(IncidentId incident, PatientRef patient, long createdTimestamp)
    {
        _incident = incident;
        _patient = patient;
        CreatedTimestamp = createdTimestamp;
        byte[] secret = RandomNumberGenerator.GetBytes(64);
        _naming = secret[32..];
        _cipher = new AesGcm(secret.AsSpan(0, 32), TagBytes);
        CryptographicOperations.ZeroMemory(secret);
    }

    public long CreatedTimestamp { get; }

    /// <summary>The cache's name for an entry: an HMAC, so that a look at the keys of a cache says nothing. Null once destroyed.</summary>
    public string? NameOf(RecordKind kind)
    {
        lock (_gate)
        {
            return _isDestroyed
                ? null
                : "mina:summary:"
                    + Convert.ToHexStringLower(HMACSHA256.HashData(_naming, Binding(kind)));
        }
    }

    /// <summary>Seals an entry for this patient, incident, kind and schema. Null once destroyed.</summary>
    public byte[]? Seal(RecordKind kind, ReadOnlySpan<byte> plain)
    {
        byte[] sealedEntry = new byte[HeaderBytes + plain.Length];
        sealedEntry[0] = Format;
        Span<byte> nonce = sealedEntry.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        lock (_gate)
        {
            if (_isDestroyed)
            {
                return null;
            }

            _cipher.Encrypt(
                nonce,
                plain,
                sealedEntry.AsSpan(HeaderBytes),
                sealedEntry.AsSpan(1 + NonceBytes, TagBytes),
                Binding(kind)
            );
        }

        return sealedEntry;
    }

    /// <summary>Opens an entry; null when it was tampered with, moved, of another version, or the key is destroyed.</summary>
    public byte[]? Open(RecordKind kind, ReadOnlySpan<byte> sealedEntry)
    {
        if (sealedEntry.Length < HeaderBytes || sealedEntry[0] != Format)
        {
            return null;
        }

        byte[] plain = new byte[sealedEntry.Length - HeaderBytes];
        lock (_gate)
        {
            if (_isDestroyed)
            {
                return null;
            }

            try
            {
                _cipher.Decrypt(
                    sealedEntry.Slice(1, NonceBytes),
                    sealedEntry[HeaderBytes..],
                    sealedEntry.Slice(1 + NonceBytes, TagBytes),
                    plain,
                    Binding(kind)
                );
                return plain;
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
        }
    }

    /// <summary>Destroys the secret: crypto-erase of whatever it sealed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDestroyed)
            {
                _isDestroyed = true;
                CryptographicOperations.ZeroMemory(_naming);
                _cipher.Dispose();
            }
        }
    }

    /// <summary>What an entry is bound to. Ids hold no line feeds, so that two bindings never read the same.</summary>
    private byte[] Binding(RecordKind kind) =>
        Encoding.UTF8.GetBytes(
            FormattableString.Invariant(
                $"mina-summary\n{ReadingCodec.SchemaVersion}\n{_incident}\n{_patient}\n{(int)kind}"
            )
        );
}
