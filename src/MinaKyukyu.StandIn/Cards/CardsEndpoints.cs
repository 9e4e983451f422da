using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using MinaKyukyu.StandIn.Counts;

namespace MinaKyukyu.StandIn.Cards;

/// <summary>Hands out the root of the test authority and software cards.</summary>
internal static class CardsEndpoints
{
    public static void MapCards(this WebApplication app)
    {
        app.MapGet(
            "/ca/authentication.pem",
            (IssuedCards cards, RequestCounts counts) =>
            {
                counts.Add("ca.read");
                return TypedResults.Text(
                    cards.Authority.Certificate.ExportCertificatePem() + "\n",
                    "application/x-pem-file"
                );
            }
        );
        app.MapGet(
            "/cards/{patient:int}",
            (int patient, IssuedCards cards, RequestCounts counts) =>
                Give(patient, CardKind.Valid, cards, counts)
        );
        app.MapPost(
            "/cards",
            (CardRequest request, IssuedCards cards, RequestCounts counts) =>
                Give(request.Patient, request.Kind, cards, counts)
        );
    }

    private static Results<Ok<CardAnswer>, NotFound<RefusalAnswer>> Give(
        int patient,
        CardKind kind,
        IssuedCards cards,
        RequestCounts counts
    )
    {
        if (cards.Find(patient, kind) is not { } issued)
        {
            counts.Add("cards.refused");
            return TypedResults.NotFound(new RefusalAnswer(Simulated.Word, "NO_SUCH_PATIENT"));
        }

        counts.Add("cards.issued");
        return TypedResults.Ok(
            new CardAnswer(
                Simulated.Word,
                issued.Patient,
                issued.Kind,
                issued.Registered,
                issued.Card.Certificate,
                issued.Card.Key.ExportPkcs8PrivateKey(),
                issued.Card.Pin,
                issued.Card.PresenceKey.ExportPkcs8PrivateKey()
            )
        );
    }
}
