using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Tests.Cards;

namespace MinaKyukyu.Tablet.Tests.Witness;

/// <summary><c>mina card</c> as a process of its own, at the real service.</summary>
[Collection(nameof(PcscWorld))]
public sealed class CardCommandTests(PcscWorld world) : IAsyncLifetime, IDisposable
{
    private readonly TestCard _test = new();

    public Task InitializeAsync() => world.PlaceAsync(0, _test.Watched);

    public async Task DisposeAsync()
    {
        await world.LiftAsync(0);
        await world.LiftAsync(1);
    }

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Shows_what_the_card_says_and_nothing_of_its_holder()
    {
        (int exit, string said) = await MinaAsync(
            "card",
            "show",
            "--reader",
            PcscWorld.Readers[0],
            "--json"
        );
        (_, string text) = await MinaAsync("card", "show", "--reader", PcscWorld.Readers[0]);

        Assert.Equal(0, exit);
        JsonElement shown = JsonDocument.Parse(said).RootElement;
        Assert.Equal("Ready", shown.GetProperty("state").GetString());
        Assert.Equal("MyNumberCard", shown.GetProperty("token").GetString());
        Assert.Equal("Test", shown.GetProperty("issuer").GetString());
        Assert.Equal(3, shown.GetProperty("pin_tries_left").GetInt32());
        Assert.Equal(TestCard.Since, shown.GetProperty("not_before").GetDateTimeOffset());
        Assert.Contains("TEST", text, StringComparison.Ordinal);
        Assert.Contains("2026-01-01", text, StringComparison.Ordinal);
        using X509Certificate2 holder = X509CertificateLoader.LoadCertificate(_test.Certificate);
        string name = holder.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        foreach (string personal in new[] { holder.SerialNumber, name, holder.Subject })
        {
            Assert.DoesNotContain(personal, said + text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty(ApduLog.Violations(_test.Watched.Commands));
        Assert.Equal(3, _test.PinTriesLeft);
    }

    [Fact]
    public async Task Ends_with_1_and_the_states_word_when_there_is_nothing_to_show()
    {
        (int several, string which) = await MinaAsync("card", "show");
        (int empty, string none) = await MinaAsync(
            "card",
            "show",
            "--reader",
            PcscWorld.Readers[1],
            "--wait",
            "0"
        );

        Assert.Equal(1, several);
        Assert.StartsWith(
            CardWords.Of(CardState.SeveralReaders).Ja,
            which,
            StringComparison.Ordinal
        );
        Assert.Contains(PcscWorld.Readers[1], which, StringComparison.Ordinal);
        Assert.Equal(1, empty);
        Assert.StartsWith(CardWords.Of(CardState.NoCard).Ja, none, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("card", "show", "--wait", "61")]
    [InlineData("card", "simulate")]
    [InlineData("card", "simulate", "--vpcd", "192.0.2.1:35963")]
    [InlineData("card", "simulate", "--vpcd", "127.0.0.1:1", "--pin-file", "/nowhere/pin")]
    public async Task Ends_with_2_on_wrong_words(params string[] words) =>
        Assert.Equal(2, (await MinaAsync(words)).Exit);

    [Fact]
    public async Task Lays_a_TEST_card_into_a_virtual_reader_until_it_is_told_to_end()
    {
        await File.WriteAllTextAsync(world.Path("pin"), "2580\n");
        using var stop = new CancellationTokenSource();
        IPEndPoint door = world.OpenDoor(1, stop.Token);
        using Process mina = Start(
            "card",
            "simulate",
            "--vpcd",
            $"{door}",
            "--pin-file",
            world.Path("pin")
        );
        string? said = await mina
            .StandardOutput.ReadLineAsync()
            .WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("TEST", said, StringComparison.Ordinal);

        JpkiCardReader reader = PcscWorld.Reader(1);
        CardRead read = await reader.ReadAsync(CancellationToken.None);
        Assert.Equal(CardState.Ready, read.State);
        byte[] text = "training"u8.ToArray();
        using (Pin pin = TestCard.Typed("2580"))
        {
            PinSigning signing = await reader.SignAsync(read, pin, text, CancellationToken.None);
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(
                read.Certificate!
            );
            using RSA key = certificate.GetRSAPublicKey()!;
            Assert.True(
                key.VerifyData(
                    text,
                    signing.Signature!,
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1
                )
            );
        }

        await world.RunAsync("kill", "-TERM", $"{mina.Id}");
        await mina.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, mina.ExitCode);
        await stop.CancelAsync();
        await world.EmptyAsync(1);
    }

    private static string Program { get; } = FindProgram();

    private Task<(int Exit, string Said)> MinaAsync(params string[] words) =>
        world.TryRunAsync("dotnet", [Program, .. words]);

    private static Process Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (string word in (string[])[Program, .. words])
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }

    /// <summary>Built beside these tests, in the same configuration.</summary>
    private static string FindProgram()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        string configuration = at.Parent!.Name;
        while (!File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
        {
            at = at.Parent!;
        }

        return Path.Combine([
            at.FullName,
            "src",
            "MinaKyukyu.Cli",
            "bin",
            configuration,
            "net10.0",
            "MinaKyukyu.Cli.dll",
        ]);
    }
}
