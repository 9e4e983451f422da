using System.Security.Cryptography;
using System.Text;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>
/// SIMULATED: the stand-in's invention in the place of the command by which an approved terminal finds a card present. It is no
/// command of any card; a key that the stand-in handed out beside the card signs the challenge.
/// </summary>
public sealed class SimulatedPresence : IPresenceProof, IDisposable
{
    private static readonly byte[] Domain = Encoding.ASCII.GetBytes(
        "MINA-KYUKYU/SIMULATED-PRESENCE/1\0"
    );

    private readonly ECDsa _key = ECDsa.Create();

    /// <param name="key">PKCS#8, elliptic.</param>
    /// <exception cref="CryptographicException">It is not.</exception>
    public SimulatedPresence(byte[] key) => _key.ImportPkcs8PrivateKey(key, out _);

    public byte[] Prove(ReadOnlySpan<byte> challenge) =>
        _key.SignData([.. Domain, .. challenge], HashAlgorithmName.SHA256);

    public void Dispose() => _key.Dispose();
}
