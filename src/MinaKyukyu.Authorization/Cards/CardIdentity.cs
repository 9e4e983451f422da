using System.Security.Cryptography;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>
/// Who a verified card belongs to, as the pair that identifies a certificate: issuer's name (DER) and serial number. Personal
/// data: never logged, never stored; what is kept is a <see cref="PatientRef"/>.
/// </summary>
public sealed class CardIdentity
{
    private readonly byte[] _issuerAndSerial;

    internal CardIdentity(ReadOnlySpan<byte> issuer, ReadOnlySpan<byte> serial) =>
        _issuerAndSerial = [.. issuer, .. serial];

    public override string ToString() => "(withheld)";

    /// <summary>SHA-256(issuer's name ‖ serial number).</summary>
    internal byte[] Digest() => SHA256.HashData(_issuerAndSerial);

    /// <summary>Under which handle a source of records knows the holder: lower-case hex of <see cref="Digest"/>.</summary>
    internal RecordHandle ToRecordHandle() => new(Convert.ToHexStringLower(Digest()));

    /// <summary>Our opaque reference: HMAC-SHA-256 under the department's key, so that nobody without it can go back or across departments.</summary>
    internal PatientRef ToPatientRef(PatientRefKey key) => key.RefOf(_issuerAndSerial);
}
