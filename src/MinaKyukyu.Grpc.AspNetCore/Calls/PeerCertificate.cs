using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>What a client certificate says about its holder, under the property names that every gRPC implementation uses.</summary>
internal static class PeerCertificate
{
    private const string AlternativeName = "x509_subject_alternative_name";
    private const string CommonName = "x509_common_name";

    public static AuthContext Read(X509Certificate2? certificate)
    {
        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal);
        if (certificate is null)
        {
            return new AuthContext(peerIdentityPropertyName: null, properties);
        }

        foreach (
            var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
        )
        {
            foreach (var name in extension.EnumerateDnsNames())
            {
                Add(properties, AlternativeName, name);
            }
        }

        if (
            certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is
            { Length: > 0 } commonName
        )
        {
            Add(properties, CommonName, commonName);
        }

        var identity =
            properties.ContainsKey(AlternativeName) ? AlternativeName
            : properties.ContainsKey(CommonName) ? CommonName
            : null;
        return new AuthContext(identity, properties);
    }

    private static void Add(
        Dictionary<string, List<AuthProperty>> properties,
        string name,
        string value
    )
    {
        if (!properties.TryGetValue(name, out var values))
        {
            properties[name] = values = [];
        }

        values.Add(AuthProperty.Create(name, Encoding.UTF8.GetBytes(value)));
    }
}
