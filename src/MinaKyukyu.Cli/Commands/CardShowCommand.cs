using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Cli.Commands;

/// <summary>
/// <c>mina card show</c>: what the card in the reader says, without a PIN and without using a try of it. Tells no serial number, no
/// name and no subject, and checks no issuer: that is the server's.
/// </summary>
internal static class CardShowCommand
{
    private static readonly Option<string?> Reader = new("--reader")
    {
        Description = "name of the reader, exactly; needed when there are several",
    };

    private static readonly Option<int> Wait = new("--wait")
    {
        DefaultValueFactory = _ => 10,
        Description = "seconds to wait for a card, 0 to 60",
    };

    private static readonly Option<bool> Json = new("--json");

    private static readonly JsonSerializerOptions Written = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Build()
    {
        Command show = new(
            "show",
            "リーダーのカードを確かめます / what the card in the reader says"
        )
        {
            Reader,
            Wait,
            Json,
        };
        Wait.Validators.Add(result =>
        {
            if (
                result.Tokens is [var token]
                && (!int.TryParse(token.Value, out int s) || s is < 0 or > 60)
            )
            {
                result.AddError("--wait takes 0 to 60 seconds.");
            }
        });
        show.SetAction(
            (words, stop) =>
                ShowAsync(
                    words.GetValue(Reader),
                    TimeSpan.FromSeconds(words.GetValue(Wait)),
                    words.GetValue(Json),
                    stop
                )
        );
        return show;
    }

    private static async Task<int> ShowAsync(
        string? readerName,
        TimeSpan wait,
        bool asJson,
        CancellationToken stop
    )
    {
        JpkiCardReader reader = JpkiCardReader.OverPcsc(
            new CardReaderOptions { ReaderName = readerName, CardWithin = wait },
            TimeProvider.System,
            NullLogger.Instance
        );
        CardRead read = await reader.ReadAsync(stop);
        IReadOnlyList<string> readers = read.State
            is CardState.SeveralReaders
                or CardState.ReaderNotFound
            ? CardReaders.List()
            : [];
        CertificateFacts? facts = read.Certificate is { } der ? CertificateFacts.Read(der) : null;
        await (asJson ? WriteJsonAsync(read, facts, readers) : WriteAsync(read, facts, readers));
        return read.State == CardState.Ready ? ExitCode.Done : ExitCode.No;
    }

    private static async Task WriteAsync(
        CardRead read,
        CertificateFacts? facts,
        IReadOnlyList<string> readers
    )
    {
        CrewWords state = CardWords.Of(read.State);
        await Console.Out.WriteLineAsync($"{state.Ja} / {state.En}");
        foreach (string name in readers)
        {
            await Console.Out.WriteLineAsync($"  --reader \"{name}\"");
        }

        if (read.Reader is { } reader)
        {
            await Console.Out.WriteLineAsync($"リーダー / reader: {reader}");
        }

        if (read.Token is { } token)
        {
            await Console.Out.WriteLineAsync($"種類 / kind: {WordsOf(token)}");
        }

        if (facts is null)
        {
            return;
        }

        string generation = facts.Generation is { } number ? $"{number}" : "不明 / not told";
        await Console.Out.WriteLineAsync($"発行元の名 / issuer's name: {WordsOf(facts.Issuer)}");
        await Console.Out.WriteLineAsync($"発行元の世代 / issuer's generation: {generation}");
        await Console.Out.WriteLineAsync(
            $"電子証明書 / certificate: {Day(facts.NotBefore)} – {Day(facts.NotAfter)} ({WordsOf(ValidityOf(facts))})"
        );
        await Console.Out.WriteLineAsync(
            $"暗証番号の残り回数 / PIN tries left: {read.PinTriesLeft}"
        );
    }

    private static Task WriteJsonAsync(
        CardRead read,
        CertificateFacts? facts,
        IReadOnlyList<string> readers
    )
    {
        CrewWords words = CardWords.Of(read.State);
        return Console.Out.WriteLineAsync(
            JsonSerializer.Serialize(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["state"] = read.State.ToString(),
                    ["ja"] = words.Ja,
                    ["en"] = words.En,
                    ["reader"] = read.Reader,
                    ["readers"] = readers.Count == 0 ? null : readers,
                    ["token"] = read.Token?.ToString(),
                    ["issuer"] = facts?.Issuer.ToString(),
                    ["issuer_generation"] = facts?.Generation,
                    ["not_before"] = facts?.NotBefore,
                    ["not_after"] = facts?.NotAfter,
                    ["validity"] = facts is null ? null : ValidityOf(facts).ToString(),
                    ["pin_tries_left"] = read.PinTriesLeft,
                },
                Written
            )
        );
    }

    private static Validity ValidityOf(CertificateFacts facts)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return now < facts.NotBefore ? Validity.NotYet
            : now > facts.NotAfter ? Validity.Over
            : Validity.Valid;
    }

    /// <summary>As it stands on the card: days in Japan.</summary>
    private static string Day(DateTimeOffset moment) =>
        moment
            .ToOffset(TimeSpan.FromHours(9))
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string WordsOf(TokenKind token) =>
        token switch
        {
            TokenKind.MyNumberCard => "マイナンバーカード / My Number card",
            TokenKind.Android => "スマートフォン(Android) / Android telephone",
            TokenKind.IPhone => "スマートフォン(iPhone) / iPhone",
            TokenKind.ResidentCard => "住民基本台帳カード / old resident card",
            _ => "不明 / unknown",
        };

    private static string WordsOf(CardIssuer issuer) =>
        issuer switch
        {
            CardIssuer.National => "JPKI (確認はサーバーが行います / the server checks it)",
            CardIssuer.Test => "TEST 訓練用。実際のカードではありません / TEST, not a real card",
            _ => "その他 / other",
        };

    private static string WordsOf(Validity validity) =>
        validity switch
        {
            Validity.Valid => "有効期間内 / within",
            Validity.Over => "期限切れ / over",
            _ => "有効期間前 / not yet",
        };

    private enum Validity
    {
        Valid = 1,
        Over,
        NotYet,
    }
}
