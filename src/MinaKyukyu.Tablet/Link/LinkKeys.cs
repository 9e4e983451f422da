using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.Tablet.Link;

/// <summary>How tablet and department know each other on an encrypted link.</summary>
/// <param name="Own">The tablet's certificate with its private key, issued by the department's device authority.</param>
/// <param name="Authority">Issued the server's certificate; no other is believed, whatever the operating system trusts.</param>
public sealed record LinkKeys(X509Certificate2 Own, X509Certificate2 Authority);
