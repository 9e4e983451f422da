using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina card verify</c>: what the server would say to a card that lies in files. Prints nothing of the card itself.</summary>
internal static class CardVerifyCommand
{
    /// <summary>Longest file that is read, but for lists, which have a bound of their own.</summary>
    private const int LargestFile = 33 * 1024 * 1024;

    private static readonly Option<string> Certificate = new("--certificate")
    {
        Required = true,
        Description = "the card's certificate, PEM or DER",
    };

    private static readonly Option<string[]> Authorities = new("--ca")
    {
        Required = true,
        Description = "PEM file of an authority; may be given several times",
    };

    private static readonly Option<string[]> Pins = new("--pin")
    {
        Description = "SHA-256 of a production authority",
    };

    private static readonly Option<string[]> Lists = new("--crl")
    {
        Description = "revocation list, PEM or DER; may be given several times",
    };

    private static readonly Option<string?> Answer = new("--ocsp")
    {
        Description = "OCSP response, DER",
    };

    private static readonly Option<string?> Challenge = new("--challenge")
    {
        Description = "what the card was to sign, HEX; with --signature: level C, without: level A",
    };

    private static readonly Option<string?> Signature = new("--signature")
    {
        Description = "file with the card's signature",
    };

    private static readonly Option<DateTimeOffset?> At = new("--at")
    {
        Description = "moment of the check (RFC 3339); usually now",
        CustomParser = result =>
        {
            if (
                DateTimeOffset.TryParse(
                    result.Tokens[0].Value,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out DateTimeOffset at
                )
            )
            {
                return at;
            }

            result.AddError("--at takes a moment such as 2026-04-01T09:00:00+09:00.");
            return null;
        },
    };

    private static readonly Option<bool> Json = new("--json") { Description = "one JSON line" };

    public static Command Build()
    {
        Command verify = new(
            "verify",
            "カードをサーバーと同じ規則で検証します / what the server would say to a card"
        )
        {
            Certificate,
            Authorities,
            Pins,
            Lists,
            Answer,
            Challenge,
            Signature,
            At,
            Json,
        };
        verify.SetAction(Run);
        return verify;
    }

    private static int Run(ParseResult words)
    {
        if (words.GetValue(Challenge) is null != words.GetValue(Signature) is null)
        {
            return Wrong("--challenge and --signature belong together.");
        }

        CardReviewRequest request;
        try
        {
            request = RequestOf(words);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Wrong(refused.Message);
        }
        catch (FormatException)
        {
            return Wrong("--challenge is not hexadecimal.");
        }
        catch (TrustAnchorsException refused)
        {
            Console.Error.WriteLine($"mina card verify: {refused.Message}");
            return ExitCode.No;
        }

        CardReviewResult result = CardReview.Run(request);
        Console.Out.WriteLine(
            words.GetValue(Json) ? ToJson(request, result) : ToText(request, result)
        );
        return result.Refusal is null ? ExitCode.Done : ExitCode.No;
    }

    private static int Wrong(string why)
    {
        Console.Error.WriteLine($"mina card verify: {why}");
        return ExitCode.WrongWords;
    }

    private static CardReviewRequest RequestOf(ParseResult words) =>
        new(
            Read(words.GetValue(Certificate)!),
            TrustAnchors.Load(
                words.GetValue(Authorities)!.Select(File.ReadAllText),
                words.GetValue(Pins) ?? []
            ),
            words.GetValue(At) ?? TimeProvider.System.GetUtcNow()
        )
        {
            Lists = [.. (words.GetValue(Lists) ?? []).Select(f => (ReadOnlyMemory<byte>)Read(f))],
            Answer = words.GetValue(Answer) is { } answer
                ? Read(answer)
                : (ReadOnlyMemory<byte>?)null,
            Challenge = words.GetValue(Challenge) is { } hex
                ? Convert.FromHexString(hex)
                : (ReadOnlyMemory<byte>?)null,
            Signature = words.GetValue(Signature) is { } file
                ? Read(file)
                : (ReadOnlyMemory<byte>?)null,
        };

    private static byte[] Read(string file) =>
        new FileInfo(file).Length <= LargestFile
            ? File.ReadAllBytes(file)
            : throw new IOException($"{file} is larger than anything that belongs here.");

    private static string ToJson(CardReviewRequest request, CardReviewResult result)
    {
        var json = new JsonObject
        {
            ["verdict"] = result.Refusal is null ? "accepted" : "refused",
            ["level"] = LetterOf(result.Level),
            ["reason"] = result.Refusal is { } refusal ? ReasonOf(refusal) : null,
            ["anchors"] = request.Anchors.Kind == AnchorKind.Production ? "production" : "test",
            ["revocation"] = result.Revocation is { } known
                ? new JsonObject
                {
                    ["tier"] = known.Tier.ToString(),
                    ["method"] = known.Method?.ToString(),
                    ["this_update"] = known.ThisUpdate?.ToString(
                        "yyyy-MM-ddTHH:mm:ssZ",
                        CultureInfo.InvariantCulture
                    ),
                    ["age_seconds"] = known.Age is { } age ? (long)age.TotalSeconds : null,
                }
                : null,
            ["notes"] = new JsonArray([.. result.Notes.Select(n => (JsonNode)n.ToString())]),
            ["ocsp_problem"] = result.AnswerProblem?.ToString(),
            ["crl_problems"] = new JsonArray([
                .. result
                    .ListProblems.OfType<Authorization.Revocation.CrlProblem>()
                    .Select(p => (JsonNode)p.ToString()),
            ]),
        };
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }

    private static string ToText(CardReviewRequest request, CardReviewResult result)
    {
        List<string> lines =
        [
            result.Refusal is { } refusal
                ? $"拒否 / refused: {ReasonOf(refusal)}"
                : $"受理 / accepted, level {LetterOf(result.Level)}",
        ];
        if (result.Revocation is { } known)
        {
            lines.Add(
                known.Age is { } age
                    ? $"失効確認 / revocation: {known.Tier} ({known.Method}, {(long)age.TotalSeconds} s old)"
                    : $"失効確認 / revocation: {known.Tier}"
            );
        }

        if (result.AnswerProblem is { } problem)
        {
            lines.Add($"OCSP response not used: {problem}");
        }

        lines.AddRange(
            result
                .ListProblems.OfType<Authorization.Revocation.CrlProblem>()
                .Select(p => $"revocation list not used: {p}")
        );
        lines.AddRange(result.Notes.Select(n => $"note: {n}"));
        if (request.Anchors.Kind == AnchorKind.Test)
        {
            lines.Add("試験用の発行元 / test authority: nothing real");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static string LetterOf(CardLevel level) =>
        level switch
        {
            CardLevel.CertificateRead => "A",
            CardLevel.SpecialVerifier => "B",
            CardLevel.PinChallenge => "C",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>As the server spells it on the wire: <c>CARD_NOT_YET_VALID</c>.</summary>
    private static string ReasonOf(CardRefusal refusal)
    {
        StringBuilder spelt = new("CARD");
        foreach (char letter in refusal.AsRefusalReason().ToString())
        {
            if (char.IsUpper(letter))
            {
                spelt.Append('_');
            }

            spelt.Append(char.ToUpperInvariant(letter));
        }

        return spelt.ToString();
    }
}
