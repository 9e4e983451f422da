using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MinaKyukyu.StandIn.Counts;

namespace MinaKyukyu.StandIn.Verifier;

/// <summary>The approved verifier's key and its assertions.</summary>
internal static class VerifierEndpoints
{
    public static void MapVerifier(this WebApplication app)
    {
        app.MapGet(
            "/verifier",
            (ApprovedVerifier verifier, RequestCounts counts) =>
            {
                counts.Add("verifier.key-read");
                return TypedResults.Ok(
                    new VerifierAbout(
                        Simulated.Word,
                        ApprovedVerifier.ApprovalId,
                        verifier.KeyId,
                        verifier.PublicKeyPem
                    )
                );
            }
        );
        app.MapGet(
            "/verifier/key.pem",
            (ApprovedVerifier verifier, RequestCounts counts, HttpResponse response) =>
            {
                counts.Add("verifier.key-read");
                response.Headers["X-Mina-Approval-Id"] = ApprovedVerifier.ApprovalId;
                return TypedResults.Text(verifier.PublicKeyPem + "\n", "application/x-pem-file");
            }
        );
        app.MapPost(
            "/verifier/assertions",
            (AssertionRequest request, ApprovedVerifier verifier, RequestCounts counts) =>
            {
                VerifierAnswer answer = verifier.Answer(
                    request.Challenge,
                    request.Certificate,
                    request.PresenceProof,
                    request.Terminal
                );
                counts.Add(answer.Refusal is null ? "verifier.asserted" : "verifier.refused");
                return TypedResults.Ok(
                    new AssertionAnswer(
                        Simulated.Word,
                        answer.Refusal is null ? "ASSERTED" : "REFUSED",
                        answer.Refusal,
                        answer.Assertion
                    )
                );
            }
        );
    }
}
