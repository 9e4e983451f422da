using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>Why a revocation list is not used: a closed set.</summary>
public enum CrlProblem
{
    TooLarge = 1,

    /// <summary>Not one version-2 list in DER.</summary>
    Malformed = 2,

    /// <summary>No pinned authority that is valid now signed it.</summary>
    NotOurs = 3,

    /// <summary>A critical extension that is not understood, a delta, or a list of other things than cards.</summary>
    NotUsable = 4,

    FromTheFuture = 5,

    /// <summary>Past its own next update, or older than the limit.</summary>
    Stale = 6,

    /// <summary>An earlier issue than the one at hand.</summary>
    Older = 7,
}

/// <summary>
/// A revocation list (RFC 5280 §5) that was taken apart and verified once. Of each serial number only a digest is kept; a list
/// from memory is not verified again, but its age is looked at on every read.
/// </summary>
internal sealed class CertificateList
{
    /// <summary>Largest list that is looked at: some 900,000 revoked cards.</summary>
    public const int LargestBytes = 32 * 1024 * 1024;

    private const string DeltaIndicator = "2.5.29.27";
    private const string IssuingDistributionPoint = "2.5.29.28";
    private const string AuthorityKeyIdentifier = "2.5.29.35";
    private const string CrlNumber = "2.5.29.20";
    private const string ReasonCode = "2.5.29.21";

    private readonly HashSet<UInt128> _serials;

    private CertificateList(
        IssuingAuthority issuer,
        DateTimeOffset thisUpdate,
        DateTimeOffset? nextUpdate,
        ImmutableArray<byte[]> scope,
        HashSet<UInt128> serials
    )
    {
        Issuer = issuer;
        ThisUpdate = thisUpdate;
        NextUpdate = nextUpdate;
        Scope = scope;
        _serials = serials;
    }

    public IssuingAuthority Issuer { get; }

    public DateTimeOffset ThisUpdate { get; }

    public DateTimeOffset? NextUpdate { get; }

    /// <summary>Names of this part of the authority's list; empty: it is the whole.</summary>
    public ImmutableArray<byte[]> Scope { get; }

    public bool Names(ReadOnlySpan<byte> serial) => _serials.Contains(DigestOf(serial));

    /// <summary>Whether a card that this list does not name is not revoked as far as the list goes.</summary>
    public bool Covers(StatusQuestion question) =>
        Scope.IsEmpty
        || question.DistributionPoints.Any(point =>
            Scope.Any(name => name.AsSpan().SequenceEqual(point))
        );

    /// <param name="authorities">Pinned ones; the list's is found by its signature.</param>
    public static CertificateList? Read(
        ReadOnlyMemory<byte> der,
        IEnumerable<IssuingAuthority> authorities,
        DateTimeOffset now,
        TimeSpan futureTolerance,
        out CrlProblem problem
    )
    {
        problem = CrlProblem.Malformed;
        if (der.Length > LargestBytes)
        {
            problem = CrlProblem.TooLarge;
            return null;
        }

        try
        {
            return ReadList(der, authorities, now, futureTolerance, out problem);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return null;
        }
    }

    private static CertificateList? ReadList(
        ReadOnlyMemory<byte> der,
        IEnumerable<IssuingAuthority> authorities,
        DateTimeOffset now,
        TimeSpan futureTolerance,
        out CrlProblem problem
    )
    {
        AsnReader whole = new(der, AsnEncodingRules.DER);
        AsnReader outer = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        ReadOnlyMemory<byte> signedPart = outer.PeekEncodedValue();
        AsnReader list = outer.ReadSequence();
        ReadOnlyMemory<byte> outside = outer.PeekEncodedValue();
        string algorithm = SignedStructure.ReadAlgorithm(outer);
        byte[] signature = outer.ReadBitString(out int unusedBits);
        outer.ThrowIfNotEmpty();
        // Version 2 is written as 1; lists without it cannot carry the extensions that say what they are.
        bool isWellFormed =
            unusedBits == 0
            && list.TryReadInt32(out int version)
            && version == 1
            && list.ReadEncodedValue().Span.SequenceEqual(outside.Span);
        if (!isWellFormed)
        {
            problem = CrlProblem.Malformed;
            return null;
        }

        ReadOnlyMemory<byte> issuer = list.ReadEncodedValue();
        IssuingAuthority? signer = authorities.FirstOrDefault(a =>
            issuer.Span.SequenceEqual(a.Name)
            && a.IsValid(now)
            && a.Signed(algorithm, signedPart.Span, signature)
        );
        if (signer is null)
        {
            problem = CrlProblem.NotOurs;
            return null;
        }

        DateTimeOffset thisUpdate = ReadTime(list);
        DateTimeOffset? nextUpdate = IsTime(list) ? ReadTime(list) : null;
        HashSet<UInt128> serials = [];
        bool isUnderstood = true;
        if (list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            isUnderstood = ReadEntries(list.ReadEncodedValue(), serials);
        }

        // A list without extensions says neither its number nor that it is whole; it is whole by the standard.
        ImmutableArray<byte[]>? scope = [];
        if (list.HasData)
        {
            AsnReader wrapped = SignedStructure.ReadExplicit(list, 0);
            scope = ReadScope(SignedStructure.ReadExtensions(wrapped));
            wrapped.ThrowIfNotEmpty();
        }

        list.ThrowIfNotEmpty();
        problem =
            !isUnderstood || scope is null ? CrlProblem.NotUsable
            : thisUpdate > now + futureTolerance ? CrlProblem.FromTheFuture
            : default;
        return problem == default
            ? new CertificateList(signer, thisUpdate, nextUpdate, scope!.Value, serials)
            : null;
    }

    /// <summary>Goes through the entries one by one, without keeping any.</summary>
    /// <returns>False when an entry has a critical extension that is not understood: then the whole list says nothing.</returns>
    private static bool ReadEntries(ReadOnlyMemory<byte> encoded, HashSet<UInt128> serials)
    {
        const AsnEncodingRules Der = AsnEncodingRules.DER;
        AsnDecoder.ReadSequence(encoded.Span, Der, out int start, out int length, out _);
        ReadOnlyMemory<byte> left = encoded.Slice(start, length);
        bool isUnderstood = true;
        while (!left.IsEmpty)
        {
            AsnDecoder.ReadSequence(left.Span, Der, out start, out length, out int whole);
            ReadOnlyMemory<byte> entry = left.Slice(start, length);
            left = left[whole..];
            serials.Add(DigestOf(AsnDecoder.ReadIntegerBytes(entry.Span, Der, out int read)));
            AsnReader rest = new(entry[read..], Der);
            ReadTime(rest);
            if (rest.HasData)
            {
                // Why it was revoked changes nothing; who else issued it (an indirect list) would.
                isUnderstood &= SignedStructure
                    .ReadExtensions(rest)
                    .All(e => !e.IsCritical || e.Oid == ReasonCode);
            }

            rest.ThrowIfNotEmpty();
        }

        return isUnderstood;
    }

    /// <returns>Null when the list must not be used.</returns>
    private static ImmutableArray<byte[]>? ReadScope(IReadOnlyList<ReadExtension> extensions)
    {
        ImmutableArray<byte[]> scope = [];
        foreach (ReadExtension extension in extensions)
        {
            switch (extension.Oid)
            {
                case AuthorityKeyIdentifier:
                case CrlNumber:
                    break;
                case DeltaIndicator:
                    return null;
                case IssuingDistributionPoint:
                    if (ReadDistributionPoint(extension.Value) is not { } names)
                    {
                        return null;
                    }

                    scope = names;
                    break;
                default:
                    if (extension.IsCritical)
                    {
                        return null;
                    }

                    break;
            }
        }

        return scope;
    }

    /// <summary>IssuingDistributionPoint (RFC 5280 §5.2.5): a part of the list is usable for the cards that name it; other restrictions are not.</summary>
    private static ImmutableArray<byte[]>? ReadDistributionPoint(ReadOnlyMemory<byte> value)
    {
        AsnReader whole = new(value, AsnEncodingRules.DER);
        AsnReader point = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        ImmutableArray<byte[]> names = [];
        if (SignedStructure.NextIs(point, 0))
        {
            AsnReader chosen = SignedStructure.ReadExplicit(point, 0);
            if (!SignedStructure.NextIs(chosen, 0))
            {
                // A name relative to the issuer: nobody uses it, and guessing would widen the list.
                return null;
            }

            names = GeneralNames.ReadEach(chosen);
            chosen.ThrowIfNotEmpty();
        }

        const int OnlyUserCertificates = 1;
        if (SignedStructure.NextIs(point, OnlyUserCertificates))
        {
            point.ReadBoolean(new Asn1Tag(TagClass.ContextSpecific, OnlyUserCertificates));
        }

        return point.HasData ? null : names;
    }

    private static bool IsTime(AsnReader list) =>
        list.HasData
        && (
            list.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
            || list.PeekTag().HasSameClassAndValue(Asn1Tag.GeneralizedTime)
        );

    private static DateTimeOffset ReadTime(AsnReader from) =>
        from.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
            ? from.ReadUtcTime(twoDigitYearMax: 2049)
            : SignedStructure.ReadTime(from);

    /// <summary>Half of SHA-256: enough that no two serial numbers meet, and no serial number lies in memory.</summary>
    private static UInt128 DigestOf(ReadOnlySpan<byte> serial)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(serial, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
