using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Simulation;
using MinaKyukyu.Tablet.VirtualCards;

namespace MinaKyukyu.Cli.Commands;

/// <summary>
/// <c>mina card simulate</c>: a TEST card in a virtual reader of this machine, for training with the real reader's path. The PIN is
/// read from a file or from standard input, never from the command line, where every user of the machine could see it.
/// </summary>
internal static class CardSimulateCommand
{
    private static readonly Option<IPEndPoint?> Vpcd = LoopbackOption(
        "--vpcd",
        "HOST:PORT where a virtual reader (vpcd) waits; loopback only"
    );

    private static readonly Option<IPEndPoint?> Listen = LoopbackOption(
        "--listen",
        "HOST:PORT where a reversed virtual reader shall call; loopback only, port 0 for any"
    );

    private static readonly Option<FileInfo?> PinFile = new("--pin-file")
    {
        Description = "file with the PIN of four digits in its first line; else standard input",
    };

    private static readonly Option<string> Token = new("--token")
    {
        DefaultValueFactory = _ => "card",
        Description = "what it says that it is",
    };

    private static readonly Option<string> Kind = new("--kind")
    {
        DefaultValueFactory = _ => "valid",
        Description = "of its certificate",
    };

    private static readonly Option<Uri?> StandIn = AddressOption.New(
        "--stand-in",
        "address of a running stand-in, for a card that its service knows; else a card nobody knows"
    );

    private static readonly Option<int> Patient = new("--patient")
    {
        DefaultValueFactory = _ => 1,
        Description = "the stand-in's patient",
    };

    public static Command Build()
    {
        Token.AcceptOnlyFromAmong("card", "android", "iphone", "resident");
        Kind.AcceptOnlyFromAmong("valid", "expiring-soon", "expired", "not-yet-valid");
        Command simulate = new(
            "simulate",
            "訓練用のTESTカードを仮想リーダーに置きます / a TEST card in a virtual reader, for training"
        )
        {
            Vpcd,
            Listen,
            PinFile,
            Token,
            Kind,
            StandIn,
            Patient,
        };
        simulate.Validators.Add(words =>
        {
            // Whether they were said, not their values: a value that is no address has its own complaint.
            bool waits = words.GetResult(Vpcd) is { Implicit: false };
            if (waits == words.GetResult(Listen) is { Implicit: false })
            {
                words.AddError("Either --vpcd or --listen is needed.");
            }
        });
        simulate.SetAction(SimulateAsync);
        return simulate;
    }

    private static async Task<int> SimulateAsync(ParseResult words, CancellationToken stop)
    {
        if (words.GetValue(PinFile) is { Exists: false } missing)
        {
            await Console.Error.WriteLineAsync($"mina card: no such file: {missing.FullName}");
            return ExitCode.WrongWords;
        }

        string typed = await ReadPinAsync(words.GetValue(PinFile), stop);
        if (!Pin.TryParse(typed, out Pin? pin))
        {
            await Console.Error.WriteLineAsync(
                "mina card: 暗証番号は数字4桁です / the PIN has four digits"
            );
            return ExitCode.No;
        }

        pin.Dispose();
        if (await FindAsync(words, typed, stop) is not { } spec)
        {
            await Console.Error.WriteLineAsync(
                "mina card: スタンドインからカードを得られません / no card from the stand-in"
            );
            return ExitCode.No;
        }

        using VirtualCard card = new(spec with { Token = TokenOf(words.GetValue(Token)!) });
        try
        {
            await PlaceAsync(words, card, stop);
            return ExitCode.Done;
        }
        catch (SocketException refused)
        {
            await Console.Error.WriteLineAsync($"mina card: {refused.SocketErrorCode}");
            return ExitCode.No;
        }
    }

    private static async Task PlaceAsync(
        ParseResult words,
        VirtualCard card,
        CancellationToken stop
    )
    {
        if (words.GetValue(Vpcd) is { } reader)
        {
            Announce(reader);
            await VpcdWire.ConnectAsync(reader, card, stop);
        }
        else
        {
            await VpcdWire.ListenAsync(words.GetValue(Listen)!, card, Announce, stop);
        }
    }

    private static void Announce(IPEndPoint at) =>
        Console.Out.WriteLine(
            $"TEST {at} 訓練用カード。実際のカードではありません / TEST card for training, not a real card. Ctrl-C: カードを離す / lift it"
        );

    private static async Task<string> ReadPinAsync(FileInfo? file, CancellationToken stop)
    {
        if (file is not null)
        {
            using StreamReader lines = file.OpenText();
            return (await lines.ReadLineAsync(stop) ?? "").Trim();
        }

        if (!Console.IsInputRedirected)
        {
            await Console.Error.WriteAsync("暗証番号(4桁) / PIN, 4 digits: ");
        }

        return (await Console.In.ReadLineAsync(stop) ?? "").Trim();
    }

    private static async Task<VirtualCardSpec?> FindAsync(
        ParseResult words,
        string pin,
        CancellationToken stop
    )
    {
        string kind = words.GetValue(Kind)!;
        if (words.GetValue(StandIn) is not { } address)
        {
            return OfNobody(kind, pin);
        }

        using var http = new HttpClient
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(10),
        };
        using FoundCard? found = await new StandInCards(http).FindAsync(
            words.GetValue(Patient),
            kind,
            stop
        );
        return found is null ? null : found.Spec with { Pin = pin };
    }

    /// <summary>Of an authority that is made for this card and forgotten: no service knows it.</summary>
    private static VirtualCardSpec OfNobody(string kind, string pin)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using var authority = TestCardAuthority.Create(
            now,
            () => RandomNumberGenerator.GetInt32(1, int.MaxValue)
        );
        CardSpec spec = kind switch
        {
            "expiring-soon" => new(now.AddYears(-4), now.AddMonths(2)),
            "expired" => new(now.AddYears(-5), now.AddMonths(-8)),
            "not-yet-valid" => new(now.AddDays(2), now.AddYears(5)),
            _ => new(now.AddDays(-1), now.AddYears(4)),
        };
        using SoftwareCard made = authority.Issue(spec, pin);
        return new VirtualCardSpec(made.Certificate, made.Key.ExportPkcs8PrivateKey(), pin)
        {
            AuthorityCertificate = authority.Certificate.RawData,
        };
    }

    private static TokenKind TokenOf(string word) =>
        word switch
        {
            "android" => TokenKind.Android,
            "iphone" => TokenKind.IPhone,
            "resident" => TokenKind.ResidentCard,
            _ => TokenKind.MyNumberCard,
        };

    private static Option<IPEndPoint?> LoopbackOption(string name, string description) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => null,
            CustomParser = result => ParseLoopback(name, result),
        };

    private static IPEndPoint? ParseLoopback(string name, ArgumentResult result)
    {
        string text = result
            .Tokens[0]
            .Value.Replace("localhost:", "127.0.0.1:", StringComparison.OrdinalIgnoreCase);
        if (
            text.Contains(':', StringComparison.Ordinal)
            && IPEndPoint.TryParse(text, out IPEndPoint? at)
            && IPAddress.IsLoopback(at.Address)
        )
        {
            return at;
        }

        result.AddError($"{name} takes HOST:PORT of this machine, such as 127.0.0.1:35963.");
        return null;
    }
}
