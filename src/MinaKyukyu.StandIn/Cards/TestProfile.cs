using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.StandIn.Cards;

/// <summary>What makes our test cards look like the real ones, and what keeps them apart from the real ones.</summary>
public static class TestProfile
{
    /// <summary>
    /// Policy of our test certificates: an arc made from a UUID (ITU-T X.667), so that nobody else can have issued it. The
    /// production policy of user-authentication certificates is another one, and this program never puts it into a certificate.
    /// </summary>
    public const string PolicyOid = "2.25.136374218931049671158803462317598237441";

    /// <summary>id-kp-clientAuth (RFC 5280 §4.2.1.12).</summary>
    public const string ClientAuthOid = "1.3.6.1.5.5.7.3.2";

    /// <summary>Japan standard time: certificates of cards end at 23:59:59 of it.</summary>
    public static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>Name of the test authority: built like that of the national one, with O=JPKI-TEST in the place of O=JPKI.</summary>
    public static X500DistinguishedName AuthorityName(string organization = "JPKI-TEST") =>
        Name(
            ("2.5.4.6", "JP"),
            ("2.5.4.10", organization),
            ("2.5.4.11", "JPKI for user authentication (TEST)"),
            ("2.5.4.11", "Mina-Kyukyu stand-in, simulated")
        );

    /// <summary>Name of a card's holder: opaque, as on real user-authentication certificates, which carry neither name nor address.</summary>
    public static X500DistinguishedName HolderName(string opaque) =>
        Name(("2.5.4.6", "JP"), ("2.5.4.3", opaque));

    /// <summary>The last moment of a certificate: 23:59:59 in Japan on a birthday.</summary>
    public static DateTimeOffset EndOfDay(DateOnly day) =>
        new(day.ToDateTime(new TimeOnly(23, 59, 59), DateTimeKind.Unspecified), Japan);

    /// <summary>The fifth birthday after issue, for a birthday given as month and day.</summary>
    public static DateOnly FifthBirthday(DateOnly issued, int month, int day)
    {
        DateOnly thisYear = new(issued.Year, month, day);
        return thisYear > issued ? thisYear.AddYears(4) : thisYear.AddYears(5);
    }

    private static X500DistinguishedName Name(params (string Oid, string Value)[] parts)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach ((string oid, string value) in parts)
            {
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                    writer.WriteCharacterString(
                        string.Equals(oid, "2.5.4.6", StringComparison.Ordinal)
                            ? UniversalTagNumber.PrintableString
                            : UniversalTagNumber.UTF8String,
                        value
                    );
                }
            }
        }

        return new X500DistinguishedName(writer.Encode());
    }
}
