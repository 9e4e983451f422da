using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.StandIn.Revocation;

/// <summary>Who signs an answer or a list: a name, a key, and perhaps a certificate that comes along.</summary>
/// <param name="Name">DER.</param>
/// <param name="KeyBits">Public key, as it stands inside the certificate's bit string.</param>
/// <param name="Certificate">DER.</param>
public sealed record TestSigner(
    byte[] Name,
    byte[] KeyBits,
    X509SignatureGenerator Generator,
    HashAlgorithmName Digest,
    byte[] Certificate
);
