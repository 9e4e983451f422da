using Microsoft.IdentityModel.Tokens;

namespace MinaKyukyu.Server.Identity.Tokens;

/// <summary>What is known of the issuer now.</summary>
/// <param name="Issuer">The only <c>iss</c> that is believed.</param>
internal sealed record IssuerMetadata(
    string Issuer,
    Uri AuthorizationEndpoint,
    IReadOnlyList<SecurityKey> Keys
);

/// <summary>Port: the department's issuer of tokens.</summary>
internal interface ITokenIssuer
{
    /// <summary>Null: the issuer does not answer and was never heard.</summary>
    /// <param name="kid">A key that the caller met and may be new; null when any state will do.</param>
    ValueTask<IssuerMetadata?> FindAsync(string? kid, CancellationToken stop);

    /// <summary>The ID token for an authorization code (RFC 6749 §4.1.3, with PKCE); null when the issuer gives none.</summary>
    ValueTask<string?> RedeemAsync(
        string code,
        string codeVerifier,
        Uri redirectedTo,
        CancellationToken stop
    );
}
