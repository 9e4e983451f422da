using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MinaKyukyu.StandIn.Counts;

/// <summary>What this process is, and how many requests it answered.</summary>
internal static class CountsEndpoints
{
    public static void MapCounts(this WebApplication app)
    {
        app.MapGet(
            "/",
            (StandInOptions options) =>
                TypedResults.Ok(
                    new AboutAnswer(
                        Simulated.Word,
                        "Stand-in for the national side: test cards, a simulated verifier, synthetic records. Nothing here is real.",
                        options.Patients,
                        options.Seed
                    )
                )
        );
        app.MapGet(
            "/counts",
            (RequestCounts counts) =>
                TypedResults.Ok(new CountsAnswer(Simulated.Word, counts.Snapshot()))
        );
    }
}
