using System.Formats.Asn1;
using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>One extension as it stands.</summary>
internal readonly record struct ReadExtension(
    string Oid,
    bool IsCritical,
    ReadOnlyMemory<byte> Value
);

/// <summary>What answers and lists have in common: an algorithm, extensions. Everything throws <see cref="AsnContentException"/> for what is not strict DER.</summary>
internal static class SignedStructure
{
    private const int MostExtensions = 32;

    /// <summary>Object identifier of an AlgorithmIdentifier whose parameters are as its standard says: NULL for RSA, none for ECDSA.</summary>
    /// <remarks>Parameters of algorithms that are not accepted are passed over: no signature by them verifies.</remarks>
    public static string ReadAlgorithm(AsnReader from)
    {
        AsnReader algorithm = from.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        if (SignatureAlgorithm.DigestOf(oid, isRsa: true) is not null)
        {
            algorithm.ReadNull();
        }
        else if (SignatureAlgorithm.DigestOf(oid, isRsa: false) is null && algorithm.HasData)
        {
            algorithm.ReadEncodedValue();
        }

        algorithm.ThrowIfNotEmpty();
        return oid;
    }

    /// <summary>Reads <c>Extensions</c>. An extension that comes twice is refused.</summary>
    public static IReadOnlyList<ReadExtension> ReadExtensions(AsnReader from)
    {
        AsnReader sequence = from.ReadSequence();
        List<ReadExtension> read = [];
        while (sequence.HasData)
        {
            AsnReader one = sequence.ReadSequence();
            string oid = one.ReadObjectIdentifier();
            bool isCritical = false;
            if (one.PeekTag() == Asn1Tag.Boolean)
            {
                // DER never writes a default: FALSE written out is another encoding of the same thing.
                isCritical = one.ReadBoolean()
                    ? true
                    : throw new AsnContentException("A default is written out.");
            }

            ReadOnlyMemory<byte> value = one.ReadOctetString();
            one.ThrowIfNotEmpty();
            if (read.Count == MostExtensions || read.Any(e => e.Oid == oid))
            {
                throw new AsnContentException("Too many extensions, or one twice.");
            }

            read.Add(new ReadExtension(oid, isCritical, value));
        }

        return read.Count > 0
            ? read
            : throw new AsnContentException("Extensions are at least one.");
    }

    /// <summary>What a context tag wraps.</summary>
    public static AsnReader ReadExplicit(AsnReader from, int tag) =>
        from.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, tag, true));

    /// <summary>GeneralizedTime in whole seconds (RFC 5280 §4.1.2.5.2).</summary>
    public static DateTimeOffset ReadTime(AsnReader from)
    {
        DateTimeOffset read = from.ReadGeneralizedTime();
        return read.Ticks % TimeSpan.TicksPerSecond == 0
            ? read
            : throw new AsnContentException("A time has fractions.");
    }

    public static bool NextIs(AsnReader from, int tag) =>
        from.HasData
        && from.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, tag));
}
