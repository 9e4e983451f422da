using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Simulation;
using MinaKyukyu.Tablet.VirtualCards;

namespace MinaKyukyu.Tablet.Tests.Cards;

/// <summary>A virtual card of the stand-in's TEST authority, with a log of every command that reaches it.</summary>
internal sealed class TestCard : IDisposable
{
    public const string Pin = "4711";

    public static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static long s_lastSerial = 0x0600_0000_0000_0000;

    private static readonly TestCardAuthority Authority = TestCardAuthority.Create(
        Since,
        () => Interlocked.Increment(ref s_lastSerial)
    );

    /// <summary>Making a key takes a second on a busy machine: three holders are enough, each with a fresh card at every test.</summary>
    private static readonly Issued[] Holders = [.. Enumerable.Range(0, 3).Select(_ => Issue())];

    private static int s_next;

    private readonly Issued _issued;
    private readonly VirtualCard _card;

    public TestCard(Func<VirtualCardSpec, VirtualCardSpec>? change = null)
    {
        _issued = Holders[(uint)Interlocked.Increment(ref s_next) % Holders.Length];
        var spec = new VirtualCardSpec(_issued.Certificate, _issued.Key, Pin)
        {
            AuthorityCertificate = Authority.Certificate.RawData,
        };
        _card = new VirtualCard(change is null ? spec : change(spec));
        Watched = new WatchedCard(_card);
        Presence = new SimulatedPresence(_issued.PresenceKey);
        Reader = JpkiCardReader.OverVirtualCard(Watched, TimeProvider.System, NullLogger.Instance);
    }

    public WatchedCard Watched { get; }

    public SimulatedPresence Presence { get; }

    /// <summary>A reader in this process with the card in it.</summary>
    public JpkiCardReader Reader { get; }

    public byte[] Certificate => _issued.Certificate;

    public int PinTriesLeft => _card.PinTriesLeft;

    public static Pin Typed(string digits) =>
        Tablet.Cards.Pin.TryParse(digits, out Pin? pin)
            ? pin
            : throw new ArgumentException("Not four digits.", nameof(digits));

    /// <summary>Whether the simulated proof is of this statement.</summary>
    public bool Proved(ReadOnlySpan<byte> statement, byte[] proof)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_issued.PresenceKey, out _);
        return key.VerifyData(statement, proof, HashAlgorithmName.SHA256);
    }

    /// <summary>With the certificate's public key, by the platform: not by anything of the tablet.</summary>
    public bool Signed(ReadOnlySpan<byte> text, byte[]? signature)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Certificate);
        using RSA key = certificate.GetRSAPublicKey()!;
        return signature is not null
            && key.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public void Dispose()
    {
        Presence.Dispose();
        _card.Dispose();
    }

    private static Issued Issue()
    {
        using SoftwareCard card = Authority.Issue(new CardSpec(Since, Since.AddYears(5)), Pin);
        return new Issued(
            card.Certificate,
            card.Key.ExportPkcs8PrivateKey(),
            card.PresenceKey.ExportPkcs8PrivateKey()
        );
    }

    private sealed record Issued(byte[] Certificate, byte[] Key, byte[] PresenceKey);
}

/// <summary>A holder who types what the test says, and remembers what was shown before.</summary>
internal sealed class TestPad(string? typed) : IPinPad
{
    public List<int> TriesShown { get; } = [];

    public Task<Pin?> AskAsync(int triesLeft, CancellationToken cancellation)
    {
        TriesShown.Add(triesLeft);
        return Task.FromResult(typed is null ? null : TestCard.Typed(typed));
    }
}
