using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.VirtualCards;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>A card out of a patient's purse: asked of the stand-in, <c>POST cards</c>.</summary>
public sealed class StandInCards(HttpClient http)
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
                    new VirtualCardSpec(given.Certificate, given.PrivateKey, given.Pin),
                    new SimulatedPresence(given.PresenceKey)
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

/// <summary>What a patient's purse holds.</summary>
/// <param name="Spec">Of the card, with what its holder knows.</param>
/// <param name="Presence">SIMULATED: beside the card, not of it.</param>
public sealed record FoundCard(VirtualCardSpec Spec, SimulatedPresence Presence) : IDisposable
{
    public void Dispose() => Presence.Dispose();

    public override string ToString() => nameof(FoundCard);
}

/// <summary>A holder who knows the PIN and types it at once; a locked card is not asked for it.</summary>
internal sealed class KnownPin(string pin) : IPinPad
{
    public Task<Pin?> AskAsync(int triesLeft, CancellationToken cancellation) =>
        Task.FromResult(Pin.TryParse(pin, out Pin? typed) ? typed : null);
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
