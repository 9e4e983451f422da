using System.Text;
using System.Text.Json;

namespace MinaKyukyu.EndToEnd.Tests.Serve;

/// <summary><c>mina card verify</c> over the committed sample, as a reviewer runs it.</summary>
public sealed class CardVerifyTests
{
    private const string Then = "2026-11-22T02:32:00Z";

    private static readonly string Challenge = Convert.ToHexString(
        Encoding.ASCII.GetBytes("MINA-KYUKYU sample challenge")
    );

    /// <summary>More words, then exit code, level, reason, tier.</summary>
    public static TheoryData<string, int, string, string?, string?> Rows =>
        new()
        {
            { "card.pem", 0, "A", null, "NotConfigured" },
            { "card.pem --crl list.crl", 0, "A", null, "CrlOnly" },
            { "card.pem --ocsp card.ocsp SIGNED", 0, "C", null, "OcspFresh" },
            { "card.pem --ocsp card.ocsp --crl list.crl SIGNED", 0, "C", null, "OcspFresh" },
            { "revoked.pem --crl list.crl", 1, "A", "CARD_REVOKED", "Revoked" },
            { "revoked.pem --ocsp revoked.ocsp", 1, "A", "CARD_REVOKED", "Revoked" },
            // The neighbour's answer, another card's signature, another moment.
            {
                "revoked.pem --ocsp card.ocsp",
                1,
                "A",
                "CARD_REVOCATION_ANSWER_INVALID",
                "AnswerForged"
            },
            {
                "revoked.pem --ocsp revoked.ocsp --crl list.crl SIGNED",
                1,
                "C",
                "CARD_REVOKED",
                "Revoked"
            },
            {
                "card.pem --crl list.crl SIGNED --at 2026-11-24T00:00:00Z",
                1,
                "C",
                "CARD_REVOCATION_UNKNOWN",
                "NothingFresh"
            },
            { "card.pem --crl list.crl --at 2026-11-24T00:00:00Z", 0, "A", null, "NothingFresh" },
            {
                "card.pem --ocsp card.ocsp SIGNED --at 2026-11-22T03:00:00Z",
                0,
                "C",
                null,
                "OcspCached"
            },
            { "card.pem --at 2020-01-01T00:00:00Z", 1, "A", "CARD_UNTRUSTED", null },
            { "ca.pem", 1, "A", "CARD_NOT_MY_NUMBER_CARD", null },
            { "list.crl", 1, "A", "CARD_UNREADABLE", null },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Says_what_the_server_would_say_and_nothing_of_the_card(
        string words,
        int exit,
        string level,
        string? reason,
        string? tier
    )
    {
        (int ended, string output, string errors) = await VerifyAsync(words);
        Assert.True(exit == ended, output + errors);
        JsonElement said = JsonDocument.Parse(output).RootElement;
        Assert.Equal(exit == 0 ? "accepted" : "refused", said.GetProperty("verdict").GetString());
        Assert.Equal(level, said.GetProperty("level").GetString());
        Assert.Equal(reason, said.GetProperty("reason").GetString());
        JsonElement revocation = said.GetProperty("revocation");
        Assert.Equal(
            tier,
            revocation.ValueKind == JsonValueKind.Null
                ? null
                : revocation.GetProperty("tier").GetString()
        );
        Assert.DoesNotContain("SAMPLE", output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("6000000000000001", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing-there.pem")]
    [InlineData("card.pem --challenge 00")]
    [InlineData("card.pem --challenge XY --signature card.sig")]
    [InlineData("card.pem --at yesterday")]
    public async Task Wrong_words_and_missing_files_end_with_2(string words) =>
        Assert.Equal(2, (await VerifyAsync(words)).Exit);

    private static Task<(int Exit, string Output, string Errors)> VerifyAsync(string words)
    {
        string directory = Path.Combine(MinaProcess.Root, "samples", "card");
        string[] all =
        [
            .. words
                .Replace(
                    "SIGNED",
                    $"--challenge {Challenge} --signature card.sig",
                    StringComparison.Ordinal
                )
                .Split(' ')
                .Select(word =>
                    File.Exists(Path.Combine(directory, word))
                        ? Path.Combine(directory, word)
                        : word
                ),
        ];
        string[] at = all.Contains("--at") ? [] : ["--at", Then];
        return MinaProcess.RunAsync([
            "card",
            "verify",
            "--json",
            "--ca",
            Path.Combine(directory, "ca.pem"),
            .. at,
            "--certificate",
            .. all,
        ]);
    }
}
