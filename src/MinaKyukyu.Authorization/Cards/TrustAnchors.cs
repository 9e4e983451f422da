using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>Whose cards a set of anchors accepts.</summary>
public enum AnchorKind
{
    /// <summary>O=JPKI-TEST: cards of a stand-in; nothing real opens.</summary>
    Test = 1,

    /// <summary>O=JPKI: cards of people.</summary>
    Production = 2,
}

/// <summary>The anchors cannot be used; the message says which rule they break and names no person.</summary>
public sealed class TrustAnchorsException(string message) : Exception(message);

/// <summary>
/// The authorities whose cards are accepted, each pinned by SHA-256 of its DER. Several generations are live at once and share one
/// name, so an issuer is found by signature, never by name alone. Test and production anchors never stand in one set.
/// </summary>
public sealed class TrustAnchors
{
    /// <summary>Policy of user-authentication certificates, from the published sample certificate of 2019.</summary>
    private const string ProductionPolicy = "1.2.392.200149.8.5.1.3.30";

    /// <summary>Policy of our test certificates; an arc made from a UUID, so that nobody else can have issued it.</summary>
    private const string TestPolicy = "2.25.136374218931049671158803462317598237441";

    private const string OrganizationOid = "2.5.4.10";

    private readonly ImmutableArray<IssuingAuthority> _anchors;

    private TrustAnchors(AnchorKind kind, ImmutableArray<IssuingAuthority> anchors)
    {
        Kind = kind;
        _anchors = anchors;
    }

    public AnchorKind Kind { get; }

    /// <summary>SHA-256 of each anchor's DER, lower-case hex.</summary>
    public IEnumerable<string> Pins => _anchors.Select(a => a.Pin);

    /// <summary>Policy that a card's certificate must carry under these anchors.</summary>
    internal string Policy => Kind == AnchorKind.Production ? ProductionPolicy : TestPolicy;

    /// <summary>Loads anchors from PEM texts.</summary>
    /// <param name="pins">
    /// SHA-256 of the DER of each anchor that may be loaded, hex. Production anchors must be pinned; test anchors, which a
    /// stand-in makes anew at each start, may come with an empty list.
    /// </param>
    /// <exception cref="TrustAnchorsException">None at all, one without pin, test and production together, or one that is no strong self-signed root of either kind.</exception>
    public static TrustAnchors Load(IEnumerable<string> pems, IReadOnlyCollection<string> pins)
    {
        ImmutableArray<IssuingAuthority> loaded = [.. pems.SelectMany(ReadAll)];
        if (loaded.IsEmpty)
        {
            throw new TrustAnchorsException("No trust anchor was given.");
        }

        if (loaded.Any(a => a.Kind != loaded[0].Kind))
        {
            throw new TrustAnchorsException(
                "Test anchors (O=JPKI-TEST) and production anchors (O=JPKI) were given together. One server trusts one kind."
            );
        }

        bool mustBePinned = loaded[0].Kind == AnchorKind.Production || pins.Count > 0;
        foreach (IssuingAuthority anchor in loaded)
        {
            if (mustBePinned && !pins.Contains(anchor.Pin, StringComparer.OrdinalIgnoreCase))
            {
                throw new TrustAnchorsException(
                    $"Trust anchor with SHA-256 {anchor.Pin} is not in the list of pins."
                );
            }
        }

        return new TrustAnchors(
            loaded[0].Kind,
            [.. loaded.DistinctBy(a => a.Pin, StringComparer.Ordinal)]
        );
    }

    /// <summary>All of them, also those whose time is not now.</summary>
    internal ImmutableArray<IssuingAuthority> Authorities => _anchors;

    /// <summary>The anchors that signed this certificate, valid now or not: same name, octet by octet, and their signature.</summary>
    internal ImmutableArray<IssuingAuthority> FindSigners(CardCertificate certificate) =>
        [
            .. _anchors.Where(anchor =>
                certificate.Issuer.SequenceEqual(anchor.Name)
                && anchor.Signed(
                    certificate.SignatureOid,
                    certificate.SignedPart.Span,
                    certificate.Signature
                )
            ),
        ];

    private static List<IssuingAuthority> ReadAll(string pem)
    {
        X509Certificate2Collection found = [];
        try
        {
            found.ImportFromPem(pem);
            return found.Select(c => ReadOne(c.RawDataMemory)).ToList();
        }
        catch (CryptographicException)
        {
            throw new TrustAnchorsException("A trust anchor cannot be read as PEM.");
        }
        finally
        {
            foreach (X509Certificate2 certificate in found)
            {
                certificate.Dispose();
            }
        }
    }

    private static IssuingAuthority ReadOne(ReadOnlyMemory<byte> der)
    {
        string pin = Convert.ToHexStringLower(SHA256.HashData(der.Span));
        using CardCertificate root =
            CardCertificate.Read(der)
            ?? throw new TrustAnchorsException(
                $"Trust anchor with SHA-256 {pin} is not one DER certificate."
            );
        X509Certificate2 parsed = root.Parsed;
        VerificationKey? key = VerificationKey.Read(parsed.PublicKey);
        bool isRoot =
            root.Issuer.SequenceEqual(root.Subject)
            && parsed
                .Extensions.OfType<X509BasicConstraintsExtension>()
                .Any(e => e.CertificateAuthority)
            && parsed
                .Extensions.OfType<X509KeyUsageExtension>()
                .Any(e => e.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign))
            && key is not null
            && key.Verifies(root.SignatureOid, root.SignedPart.Span, root.Signature);
        if (!isRoot)
        {
            key?.Dispose();
            throw new TrustAnchorsException(
                $"Trust anchor with SHA-256 {pin} is not a self-signed authority with a strong key and digest."
            );
        }

        return new IssuingAuthority(
            KindOf(parsed, pin),
            pin,
            parsed.SubjectName.RawData,
            key!,
            root.NotBefore,
            root.NotAfter
        );
    }

    private static AnchorKind KindOf(X509Certificate2 root, string pin)
    {
        string[] organizations =
        [
            .. root
                .SubjectName.EnumerateRelativeDistinguishedNames()
                .Where(n => !n.HasMultipleElements)
                .Where(n => n.GetSingleElementType().Value == OrganizationOid)
                .Select(n => n.GetSingleElementValue() ?? ""),
        ];
        return organizations switch
        {
            ["JPKI-TEST"] => AnchorKind.Test,
            ["JPKI"] => AnchorKind.Production,
            _ => throw new TrustAnchorsException(
                $"Trust anchor with SHA-256 {pin} names neither O=JPKI nor O=JPKI-TEST."
            ),
        };
    }
}
