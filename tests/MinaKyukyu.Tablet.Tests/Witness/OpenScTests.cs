using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Tests.Cards;

namespace MinaKyukyu.Tablet.Tests.Witness;

/// <summary>OpenSC, which nobody here wrote and which knows real My Number cards, looks at our virtual card through pcscd.</summary>
[Collection(nameof(PcscWorld))]
public sealed class OpenScTests(PcscWorld world) : IAsyncLifetime, IDisposable
{
    private const string Reader = "0";

    private readonly TestCard _test = new();

    public Task InitializeAsync() => world.PlaceAsync(0, _test.Watched);

    public Task DisposeAsync() => world.LiftAsync(0);

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Recognises_the_virtual_card_as_a_card_of_the_public_authentication_service()
    {
        Assert.Equal("jpki", (await world.RunAsync("opensc-tool", "-r", Reader, "--name")).Trim());
        Assert.Equal(
            "3b:e0:00:ff:81:31:fe:45:14",
            (await world.RunAsync("opensc-tool", "-r", Reader, "--atr")).Trim()
        );
    }

    [Fact]
    public async Task Reads_the_same_certificate_as_our_reader()
    {
        string listed = await world.RunAsync("pkcs15-tool", "-r", Reader, "--list-certificates");
        Assert.Contains("User Authentication Certificate", listed, StringComparison.Ordinal);

        byte[] theirs = await ReadCertificateAsync();
        CardRead ours = await PcscWorld.Reader(0).ReadAsync(CancellationToken.None);

        Assert.Equal(_test.Certificate, theirs);
        Assert.Equal(ours.Certificate, theirs);
    }

    [Fact]
    public async Task Sees_the_same_tries_left_as_our_reader()
    {
        Assert.Equal(3, await TriesLeftAsync());
        using Pin wrong = TestCard.Typed("0000");
        JpkiCardReader reader = PcscWorld.Reader(0);
        CardRead read = await reader.ReadAsync(CancellationToken.None);
        await reader.SignAsync(read, wrong, "text"u8.ToArray(), CancellationToken.None);

        Assert.Equal(2, await TriesLeftAsync());
        Assert.Equal(2, (await reader.ReadAsync(CancellationToken.None)).PinTriesLeft);
    }

    [Fact]
    public async Task Makes_a_signature_over_SHA_256_that_the_certificate_verifies()
    {
        byte[] text = "signed by a card that OpenSC spoke to"u8.ToArray();

        byte[] signature = await SignAsync(text);

        Assert.True(_test.Signed(text, signature));
        Assert.Contains(
            "Verified OK",
            await OpenSslSaysAsync(text, signature),
            StringComparison.Ordinal
        );
        // RSA with this padding has one answer: both readers must come to the same.
        JpkiCardReader reader = PcscWorld.Reader(0);
        CardRead read = await reader.ReadAsync(CancellationToken.None);
        using Pin pin = TestCard.Typed(TestCard.Pin);
        PinSigning ours = await reader.SignAsync(read, pin, text, CancellationToken.None);
        Assert.Equal(ours.Signature, signature);
    }

    /// <summary>Planted: a card that states one octet less than its certificate has.</summary>
    [Fact]
    public async Task Notices_a_certificate_of_a_wrong_length()
    {
        _test.Watched.Answer = (command, answer) => JpkiCardReaderTests.Claim(command, answer, -1);

        (int exit, string said) = await world.TryRunAsync(
            "pkcs15-tool",
            "-r",
            Reader,
            "--read-certificate",
            "1"
        );

        Assert.False(exit == 0 && IsSame(said), "the witness took a cut certificate for the whole");
        Assert.Equal(
            CardState.Unreadable,
            (await PcscWorld.Reader(0).ReadAsync(CancellationToken.None)).State
        );
    }

    /// <summary>Planted: a card that signs something else than it was given.</summary>
    [Fact]
    public async Task Notices_a_signature_over_something_else()
    {
        byte[] text = "what was asked for"u8.ToArray();
        _test.Watched.Answer = (command, answer) =>
            command is [0x80, 0x2A, ..] && answer.Length > 2
                ? [.. answer[..10], (byte)(answer[10] ^ 1), .. answer[11..]]
                : answer;

        byte[] signature = await SignAsync(text);

        Assert.False(_test.Signed(text, signature));
        Assert.DoesNotContain(
            "Verified OK",
            await OpenSslSaysAsync(text, signature),
            StringComparison.Ordinal
        );
        JpkiCardReader reader = PcscWorld.Reader(0);
        CardRead read = await reader.ReadAsync(CancellationToken.None);
        using Pin pin = TestCard.Typed(TestCard.Pin);
        Assert.Equal(
            CardState.Untrusted,
            (await reader.SignAsync(read, pin, text, CancellationToken.None)).State
        );
    }

    private async Task<byte[]> ReadCertificateAsync()
    {
        string pem = await world.RunAsync("pkcs15-tool", "-r", Reader, "--read-certificate", "1");
        return DerOf(pem);
    }

    private static byte[] DerOf(string pem)
    {
        const string Begin = "-----BEGIN CERTIFICATE-----";
        using var certificate = X509Certificate2.CreateFromPem(
            pem.AsSpan(pem.IndexOf(Begin, StringComparison.Ordinal))
        );
        return certificate.RawData;
    }

    private bool IsSame(string said)
    {
        try
        {
            return DerOf(said).AsSpan().SequenceEqual(_test.Certificate);
        }
        catch (Exception unreadable)
            when (unreadable is CryptographicException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private async Task<int> TriesLeftAsync()
    {
        string pins = await world.RunAsync("pkcs15-tool", "-r", Reader, "--list-pins");
        string line = pins.Split('\n')
            .First(l => l.Contains("Tries left", StringComparison.Ordinal));
        return int.Parse(
            line.Split(':')[1].Trim(),
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private async Task<byte[]> SignAsync(byte[] text)
    {
        await File.WriteAllBytesAsync(world.Path("digest"), SHA256.HashData(text));
        await world.RunAsync(
            "pkcs15-crypt",
            [
                "-r",
                Reader,
                "--sign",
                "--key",
                "1",
                "--sha-256",
                "--pkcs1",
                "--raw",
                "--pin",
                TestCard.Pin,
                "--input",
                "digest",
                "--output",
                "signature",
            ]
        );
        return await File.ReadAllBytesAsync(world.Path("signature"));
    }

    private async Task<string> OpenSslSaysAsync(byte[] text, byte[] signature)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(
            _test.Certificate
        );
        await File.WriteAllTextAsync(
            world.Path("key.pem"),
            certificate.GetRSAPublicKey()!.ExportSubjectPublicKeyInfoPem()
        );
        await File.WriteAllBytesAsync(world.Path("text"), text);
        await File.WriteAllBytesAsync(world.Path("signature"), signature);
        (_, string said) = await world.TryRunAsync(
            "openssl",
            "dgst",
            "-sha256",
            "-verify",
            "key.pem",
            "-signature",
            "signature",
            "text"
        );
        return said;
    }
}
