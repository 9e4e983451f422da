using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace MinaKyukyu.Server.Identity.Tokens;

/// <summary>An issuer over HTTP, by OpenID Connect Discovery. What was heard last is good until something newer is heard.</summary>
internal sealed class DiscoveredIssuer(
    HttpClient http,
    OidcOptions options,
    TimeProvider time,
    ILogger<DiscoveredIssuer> logger
) : ITokenIssuer, IDisposable
{
    /// <summary>How long what was heard is not asked again.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(15);

    /// <summary>How often an unknown key may make us ask: anybody can invent one.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(30);

    /// <summary>An issuer that says nothing for so long does not answer.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    private const int LargestAnswer = 64 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Heard? _heard;
    private long? _askedAt;

    public async ValueTask<IssuerMetadata?> FindAsync(string? kid, CancellationToken stop)
    {
        if (IsEnough(_heard, kid))
        {
            return _heard!.Metadata;
        }

        await _gate.WaitAsync(stop);
        try
        {
            if (!IsEnough(_heard, kid) && MayAsk())
            {
                _askedAt = time.GetTimestamp();
                _heard = await HearAsync(stop) ?? _heard;
            }

            return _heard?.Metadata;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask<string?> RedeemAsync(
        string code,
        string codeVerifier,
        Uri redirectedTo,
        CancellationToken stop
    )
    {
        if (await FindAsync(null, stop) is null || _heard is not { } heard)
        {
            return null;
        }

        Dictionary<string, string> form = new(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["code_verifier"] = codeVerifier,
            ["redirect_uri"] = redirectedTo.AbsoluteUri,
            ["client_id"] = options.Client,
        };
        if (options.ClientSecretFile is { } file)
        {
            form["client_secret"] = (await File.ReadAllTextAsync(file, stop)).Trim();
        }

        using var content = new FormUrlEncodedContent(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, heard.TokenEndpoint)
        {
            Content = content,
        };
        using JsonDocument? answer = await SendAsync(request, stop);
        return
            answer is not null
            && answer.RootElement.TryGetProperty("id_token", out JsonElement token)
            ? token.GetString()
            : null;
    }

    public void Dispose() => _gate.Dispose();

    private bool IsEnough(Heard? heard, string? kid) =>
        heard is not null
        && time.GetElapsedTime(heard.At) < FreshFor
        && (kid is null || heard.Metadata.Keys.Any(k => k.KeyId == kid));

    private bool MayAsk() => _askedAt is not { } at || time.GetElapsedTime(at) >= AtMostEvery;

    private async Task<Heard?> HearAsync(CancellationToken stop)
    {
        Uri discovery = new($"{Trimmed}/.well-known/openid-configuration");
        using var ask = new HttpRequestMessage(HttpMethod.Get, discovery);
        using JsonDocument? said = await SendAsync(ask, stop);
        // OpenID Connect Discovery §4.3: the issuer says its own name, letter by letter.
        if (
            said is null
            || TextOf(said, "issuer") is not { } name
            || name.TrimEnd('/') != Trimmed
            || UriOf(said, "jwks_uri") is not { } keysAt
            || UriOf(said, "authorization_endpoint") is not { } authorize
            || UriOf(said, "token_endpoint") is not { } token
        )
        {
            return null;
        }

        using var askKeys = new HttpRequestMessage(HttpMethod.Get, keysAt);
        using JsonDocument? keys = await SendAsync(askKeys, stop);
        return keys is null
            ? null
            : new Heard(
                new IssuerMetadata(
                    name,
                    authorize,
                    [.. new JsonWebKeySet(keys.RootElement.GetRawText()).GetSigningKeys()]
                ),
                token,
                time.GetTimestamp()
            );
    }

    private string Trimmed => options.Issuer.AbsoluteUri.TrimEnd('/');

    private async Task<JsonDocument?> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                either.Token
            );
            if (
                !response.IsSuccessStatusCode
                || response.Content.Headers.ContentLength > LargestAnswer
            )
            {
                TokenLog.IssuerRefused(logger, (int)response.StatusCode);
                return null;
            }

            await response.Content.LoadIntoBufferAsync(LargestAnswer, either.Token);
            return await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(either.Token),
                cancellationToken: either.Token
            );
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            TokenLog.IssuerSilent(logger, e.GetType().Name);
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            TokenLog.IssuerSilent(logger, "time-out");
            return null;
        }
    }

    private static string? TextOf(JsonDocument document, string name) =>
        document.RootElement.ValueKind == JsonValueKind.Object
        && document.RootElement.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>As safe as the issuer's own address: https, unless that one is not.</summary>
    private Uri? UriOf(JsonDocument document, string name) =>
        Uri.TryCreate(TextOf(document, name), UriKind.Absolute, out Uri? uri)
        && uri.Scheme == options.Issuer.Scheme
            ? uri
            : null;

    private sealed record Heard(IssuerMetadata Metadata, Uri TokenEndpoint, long At);
}

internal static partial class TokenLog
{
    [LoggerMessage(
        9300,
        LogLevel.Warning,
        "The issuer of tokens answered {Status}; tokens are checked by what it said before."
    )]
    public static partial void IssuerRefused(ILogger logger, int status);

    [LoggerMessage(
        9301,
        LogLevel.Warning,
        "The issuer of tokens does not answer ({Why}); tokens are checked by what it said before."
    )]
    public static partial void IssuerSilent(ILogger logger, string why);
}
