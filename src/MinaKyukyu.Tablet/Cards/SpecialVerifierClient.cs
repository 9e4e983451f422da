using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MinaKyukyu.Tablet.Cards;

/// <summary>Asks a verifier over HTTP: <c>POST verifier/assertions</c>. Asks once; the crew decides whether to place the card again.</summary>
/// <param name="http">Its base address is the verifier's, with a slash at the end.</param>
/// <param name="deadline">Of one question.</param>
public sealed class SpecialVerifierClient(HttpClient http, TimeSpan deadline, TimeProvider time)
    : ISpecialVerifier
{
    public async Task<VerifierWord> AssertAsync(
        byte[] challenge,
        byte[] certificate,
        byte[] presenceProof,
        string terminal,
        CancellationToken cancellation
    )
    {
        var question = new AssertionQuestion(challenge, certificate, presenceProof, terminal);
        using var late = new CancellationTokenSource(deadline, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            late.Token,
            cancellation
        );
        try
        {
            using HttpResponseMessage response = await http.PostAsJsonAsync(
                "verifier/assertions",
                question,
                VerifierJson.Default.AssertionQuestion,
                ending.Token
            );
            AssertionWord? word = response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync(
                    VerifierJson.Default.AssertionWord,
                    ending.Token
                )
                : null;
            return word is null ? Unavailable : Read(word, certificate);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Unavailable;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            return Unavailable;
        }
    }

    private static VerifierWord Unavailable => new(CardState.VerifierUnavailable, null);

    private VerifierWord Read(AssertionWord word, byte[] certificate) =>
        (word.Outcome, word.Reason) switch
        {
            ("ASSERTED", _) when word.Assertion is { Length: > 0 } => new(
                CardState.Ready,
                word.Assertion
            ),
            ("REFUSED", "NOT_REGISTERED") => new(CardState.NotRegistered, word.Assertion),
            ("REFUSED", "CARD_NOT_VALID") => new(OutOfDate(certificate), null),
            ("REFUSED", "CARD_UNKNOWN") => new(CardState.Untrusted, null),
            ("REFUSED", "PRESENCE_NOT_PROVED") => new(CardState.PresenceNotProved, null),
            ("REFUSED", "MALFORMED") => new(CardState.Unreadable, null),
            _ => Unavailable,
        };

    /// <summary>The verifier says "not valid now"; which side of now, the certificate itself tells.</summary>
    private CardState OutOfDate(byte[] certificate)
    {
        using X509Certificate2 read = X509CertificateLoader.LoadCertificate(certificate);
        return time.GetUtcNow().UtcDateTime < read.NotBefore.ToUniversalTime()
            ? CardState.NotYetValid
            : CardState.Expired;
    }
}

internal sealed record AssertionQuestion(
    byte[] Challenge,
    byte[] Certificate,
    byte[] PresenceProof,
    string Terminal
);

internal sealed record AssertionWord(string Outcome, string? Reason, byte[]? Assertion);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AssertionQuestion))]
[JsonSerializable(typeof(AssertionWord))]
internal sealed partial class VerifierJson : JsonSerializerContext;
