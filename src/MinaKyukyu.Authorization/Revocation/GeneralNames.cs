using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>Names of the parts of a revocation list, compared octet by octet. They are never followed as addresses.</summary>
internal static class GeneralNames
{
    private const string CrlDistributionPoints = "2.5.29.31";

    /// <summary>Each name of a <c>fullName [0]</c>, as DER.</summary>
    public static ImmutableArray<byte[]> ReadEach(AsnReader from)
    {
        AsnReader names = SignedStructure.ReadExplicit(from, 0);
        ImmutableArray<byte[]>.Builder read = ImmutableArray.CreateBuilder<byte[]>();
        while (names.HasData)
        {
            read.Add(names.ReadEncodedValue().ToArray());
        }

        return read.ToImmutable();
    }

    /// <summary>The names that a certificate's own extension gives for its list; empty when it has none or one that cannot be read.</summary>
    public static ImmutableArray<byte[]> OfDistributionPoints(X509Certificate2 certificate)
    {
        try
        {
            return certificate.Extensions[CrlDistributionPoints] is { } extension
                ? ReadPoints(extension.RawData)
                : [];
        }
        catch (AsnContentException)
        {
            return [];
        }
    }

    private static ImmutableArray<byte[]> ReadPoints(byte[] value)
    {
        AsnReader points = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
        ImmutableArray<byte[]> names = [];
        while (points.HasData)
        {
            AsnReader point = points.ReadSequence();
            if (!SignedStructure.NextIs(point, 0))
            {
                continue;
            }

            AsnReader chosen = SignedStructure.ReadExplicit(point, 0);
            if (SignedStructure.NextIs(chosen, 0))
            {
                names = names.AddRange(ReadEach(chosen));
            }
        }

        return names;
    }
}
