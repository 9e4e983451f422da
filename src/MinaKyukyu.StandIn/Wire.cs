using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.StandIn;

/// <summary>The word that stands in every answer: this is not the national side.</summary>
public static class Simulated
{
    public const string Word = "模擬";

    /// <summary>Header of each answer; header values are ASCII, so the word stands in Latin letters too.</summary>
    public const string HeaderName = "X-Mina-Simulated";

    public const string HeaderValue = "MOGI (simulated, not a national system)";
}

internal sealed record AboutAnswer(string Simulated, string About, int Patients, int Seed);

internal sealed record VerifierAbout(
    string Simulated,
    string ApprovalId,
    string KeyId,
    string KeyPem
);

internal sealed record CardRequest(int Patient, CardKind Kind = CardKind.Valid);

internal sealed record CardAnswer(
    string Simulated,
    int Patient,
    CardKind Kind,
    bool Registered,
    byte[] Certificate,
    byte[] PrivateKey,
    string Pin,
    byte[] PresenceKey
);

internal sealed record AssertionRequest(
    byte[] Challenge,
    byte[] Certificate,
    byte[] PresenceProof,
    string Terminal
);

/// <param name="Outcome"><c>ASSERTED</c> or <c>REFUSED</c>.</param>
internal sealed record AssertionAnswer(
    string Simulated,
    string Outcome,
    string? Reason,
    byte[]? Assertion
);

/// <param name="Revoked">False takes a revocation back, which the real authority never does.</param>
internal sealed record RevocationWish(
    int Patient,
    CardKind Kind = CardKind.Valid,
    bool Revoked = true
);

internal sealed record RevocationFaultWish(string Fault);

internal sealed record CountsAnswer(string Simulated, IReadOnlyDictionary<string, long> Counts);

internal sealed record RefusalAnswer(string Simulated, string Reason);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AboutAnswer))]
[JsonSerializable(typeof(VerifierAbout))]
[JsonSerializable(typeof(CardRequest))]
[JsonSerializable(typeof(CardAnswer))]
[JsonSerializable(typeof(AssertionRequest))]
[JsonSerializable(typeof(AssertionAnswer))]
[JsonSerializable(typeof(CountsAnswer))]
[JsonSerializable(typeof(RefusalAnswer))]
[JsonSerializable(typeof(RevocationWish))]
[JsonSerializable(typeof(RevocationFaultWish))]
internal sealed partial class WireJson : JsonSerializerContext;
