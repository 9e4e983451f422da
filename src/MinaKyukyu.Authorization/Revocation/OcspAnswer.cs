using System.Formats.Asn1;
using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>What an answer says of one certificate.</summary>
internal sealed record SingleAnswer(
    bool IsAboutThisCard,
    OcspStatus Status,
    DateTimeOffset ThisUpdate,
    DateTimeOffset? NextUpdate
);

/// <summary>A basic OCSP response taken apart (RFC 6960 §4.2): well formed, and nothing believed yet.</summary>
internal sealed record OcspAnswer(
    ReadOnlyMemory<byte> SignedPart,
    string Algorithm,
    ReadOnlyMemory<byte> Signature,
    IReadOnlyList<ReadOnlyMemory<byte>> Certificates,
    ReadOnlyMemory<byte>? ResponderName,
    ReadOnlyMemory<byte>? ResponderKeyHash,
    DateTimeOffset ProducedAt,
    IReadOnlyList<SingleAnswer> Singles,
    ReadOnlyMemory<byte>? Nonce
)
{
    /// <summary>Largest response that is looked at; one with a responder's certificate has some 2 KiB.</summary>
    public const int LargestBytes = 64 * 1024;

    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";

    /// <summary>We ask about one card; a responder that signs beforehand may put a few into one answer.</summary>
    private const int MostSingles = 16;

    /// <summary>A responder's own certificate, and perhaps its issuer's.</summary>
    private const int MostCertificates = 4;

    /// <summary>Takes it apart; what is not exactly one response in DER is a problem, never a guess.</summary>
    public static OcspAnswer? Read(
        ReadOnlyMemory<byte> der,
        StatusQuestion question,
        CertificateIdDigest digest,
        out OcspProblem problem
    )
    {
        problem = OcspProblem.Malformed;
        if (der.Length > LargestBytes)
        {
            problem = OcspProblem.TooLarge;
            return null;
        }

        try
        {
            AsnReader whole = new(der, AsnEncodingRules.DER);
            AsnReader response = whole.ReadSequence();
            whole.ThrowIfNotEmpty();
            if (response.ReadEnumeratedBytes().Span is not [0])
            {
                problem = OcspProblem.NotSuccessful;
                return null;
            }

            AsnReader wrapped = SignedStructure.ReadExplicit(response, 0);
            response.ThrowIfNotEmpty();
            AsnReader typed = wrapped.ReadSequence();
            wrapped.ThrowIfNotEmpty();
            if (typed.ReadObjectIdentifier() != BasicResponse)
            {
                return null;
            }

            byte[] basic = typed.ReadOctetString();
            typed.ThrowIfNotEmpty();
            return ReadBasic(basic, question, digest);
        }
        catch (AsnContentException)
        {
            return null;
        }
        catch (UnknownCriticalException)
        {
            problem = OcspProblem.UnknownCritical;
            return null;
        }
    }

    private static OcspAnswer ReadBasic(
        ReadOnlyMemory<byte> der,
        StatusQuestion question,
        CertificateIdDigest digest
    )
    {
        AsnReader whole = new(der, AsnEncodingRules.DER);
        AsnReader basic = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        ReadOnlyMemory<byte> signedPart = basic.PeekEncodedValue();
        AsnReader data = basic.ReadSequence();
        string algorithm = SignedStructure.ReadAlgorithm(basic);
        byte[] signature = basic.ReadBitString(out int unusedBits);
        IReadOnlyList<ReadOnlyMemory<byte>> certificates = basic.HasData
            ? ReadCertificates(basic)
            : [];
        basic.ThrowIfNotEmpty();
        if (unusedBits != 0)
        {
            throw new AsnContentException("A signature is whole octets.");
        }

        // A version that is written out is not the first, because DER writes no default; we know no other.
        (ReadOnlyMemory<byte>? name, ReadOnlyMemory<byte>? key) = ReadResponder(data);
        DateTimeOffset producedAt = ReadTime(data);
        IReadOnlyList<SingleAnswer> singles = ReadSingles(data, question, digest);
        ReadOnlyMemory<byte>? nonce = null;
        if (data.HasData)
        {
            AsnReader wrapped = SignedStructure.ReadExplicit(data, 1);
            nonce = ReadNonce(SignedStructure.ReadExtensions(wrapped));
            wrapped.ThrowIfNotEmpty();
        }

        data.ThrowIfNotEmpty();
        return new OcspAnswer(
            signedPart,
            algorithm,
            signature,
            certificates,
            name,
            key,
            producedAt,
            singles,
            nonce
        );
    }

    private static (ReadOnlyMemory<byte>? Name, ReadOnlyMemory<byte>? Key) ReadResponder(
        AsnReader data
    )
    {
        if (SignedStructure.NextIs(data, 1))
        {
            AsnReader byName = SignedStructure.ReadExplicit(data, 1);
            ReadOnlyMemory<byte> name = byName.ReadEncodedValue();
            byName.ThrowIfNotEmpty();
            return (name, null);
        }

        AsnReader byKey = SignedStructure.ReadExplicit(data, 2);
        byte[] hash = byKey.ReadOctetString();
        byKey.ThrowIfNotEmpty();
        return (null, hash);
    }

    private static List<SingleAnswer> ReadSingles(
        AsnReader data,
        StatusQuestion question,
        CertificateIdDigest digest
    )
    {
        AsnReader list = data.ReadSequence();
        List<SingleAnswer> singles = [];
        while (list.HasData)
        {
            if (singles.Count == MostSingles)
            {
                throw new AsnContentException("Too many answers in one.");
            }

            singles.Add(ReadSingle(list.ReadSequence(), question, digest));
        }

        return singles;
    }

    private static SingleAnswer ReadSingle(
        AsnReader single,
        StatusQuestion question,
        CertificateIdDigest digest
    )
    {
        bool isAboutThisCard = CertificateId.ReadAndCompare(single, question, digest);
        OcspStatus status = ReadStatus(single);
        DateTimeOffset thisUpdate = ReadTime(single);
        DateTimeOffset? nextUpdate = null;
        if (SignedStructure.NextIs(single, 0))
        {
            AsnReader wrapped = SignedStructure.ReadExplicit(single, 0);
            nextUpdate = ReadTime(wrapped);
            wrapped.ThrowIfNotEmpty();
        }

        if (SignedStructure.NextIs(single, 1))
        {
            AsnReader wrapped = SignedStructure.ReadExplicit(single, 1);
            RequireNoneCritical(SignedStructure.ReadExtensions(wrapped));
            wrapped.ThrowIfNotEmpty();
        }

        single.ThrowIfNotEmpty();
        return nextUpdate < thisUpdate
            ? throw new AsnContentException("The next update lies before this one.")
            : new SingleAnswer(isAboutThisCard, status, thisUpdate, nextUpdate);
    }

    private static OcspStatus ReadStatus(AsnReader single)
    {
        if (SignedStructure.NextIs(single, 0))
        {
            single.ReadNull(new Asn1Tag(TagClass.ContextSpecific, 0));
            return OcspStatus.Good;
        }

        if (SignedStructure.NextIs(single, 2))
        {
            single.ReadNull(new Asn1Tag(TagClass.ContextSpecific, 2));
            return OcspStatus.Unknown;
        }

        // Why and since when does not matter: also a hold is final here. It must be well formed all the same.
        AsnReader revoked = SignedStructure.ReadExplicit(single, 1);
        ReadTime(revoked);
        if (revoked.HasData)
        {
            AsnReader reason = SignedStructure.ReadExplicit(revoked, 0);
            reason.ReadEnumeratedBytes();
            reason.ThrowIfNotEmpty();
        }

        revoked.ThrowIfNotEmpty();
        return OcspStatus.Revoked;
    }

    private static List<ReadOnlyMemory<byte>> ReadCertificates(AsnReader basic)
    {
        AsnReader wrapped = SignedStructure.ReadExplicit(basic, 0);
        AsnReader list = wrapped.ReadSequence();
        wrapped.ThrowIfNotEmpty();
        List<ReadOnlyMemory<byte>> certificates = [];
        while (list.HasData)
        {
            if (certificates.Count == MostCertificates)
            {
                throw new AsnContentException("Too many certificates.");
            }

            certificates.Add(list.ReadEncodedValue());
        }

        return certificates.Count > 0
            ? certificates
            : throw new AsnContentException("An empty list is left out.");
    }

    private static ReadOnlyMemory<byte>? ReadNonce(IReadOnlyList<ReadExtension> extensions)
    {
        RequireNoneCritical(extensions.Where(e => e.Oid != OcspQuestion.NonceOid));
        foreach (ReadExtension extension in extensions)
        {
            if (extension.Oid == OcspQuestion.NonceOid)
            {
                AsnReader reader = new(extension.Value, AsnEncodingRules.DER);
                byte[] nonce = reader.ReadOctetString();
                reader.ThrowIfNotEmpty();
                return nonce;
            }
        }

        return null;
    }

    private static void RequireNoneCritical(IEnumerable<ReadExtension> extensions)
    {
        if (extensions.Any(e => e.IsCritical))
        {
            throw new UnknownCriticalException();
        }
    }

    private static DateTimeOffset ReadTime(AsnReader from) => SignedStructure.ReadTime(from);

    private sealed class UnknownCriticalException : Exception;
}
