using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>A card out of a patient's purse: asked of the stand-in, <c>POST cards</c>.</summary>
internal sealed class StandInCards(HttpClient http)
{
    /// <param name="kind">As the stand-in names them, such as <c>valid</c> or <c>expired</c>.</param>
    /// <returns>Null when there is no such card, or nobody answers within the client's time-out.</returns>
    public async Task<FoundCard?> FindAsync(
        int patient,
        string kind,
        CancellationToken cancellation
    )
    {
        try
        {
            using HttpResponseMessage response = await http.PostAsJsonAsync(
                "cards",
                new CardWish(patient, kind),
                StandInJson.Default.CardWish,
                cancellation
            );
            CardGiven? given = response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync(
                    StandInJson.Default.CardGiven,
                    cancellation
                )
                : null;
            return given is null
                ? null
                : new FoundCard(
                    new SoftwareCard(
                        given.Certificate,
                        given.PrivateKey,
                        given.Pin,
                        given.PresenceKey
                    ),
                    given.Pin
                );
        }
        catch (Exception failure)
            when (failure is HttpRequestException or JsonException
                || (failure is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            return null;
        }
    }
}

/// <param name="Pin">What its holder knows.</param>
internal sealed record FoundCard(SoftwareCard Card, string Pin) : IDisposable
{
    public void Dispose() => Card.Dispose();

    public override string ToString() => nameof(FoundCard);
}

internal sealed record CardWish(int Patient, string Kind);

internal sealed record CardGiven(
    byte[] Certificate,
    byte[] PrivateKey,
    string Pin,
    byte[] PresenceKey
);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CardWish))]
[JsonSerializable(typeof(CardGiven))]
internal sealed partial class StandInJson : JsonSerializerContext;
