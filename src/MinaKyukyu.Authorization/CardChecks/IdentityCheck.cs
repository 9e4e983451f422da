using System.Text.Json.Serialization;

namespace MinaKyukyu.Authorization.CardChecks;

/// <summary>How the crew made sure that the card is this patient's (本人確認).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IdentityCheck>))]
public enum IdentityCheck
{
    /// <summary>目視: face and card photo compared by eye.</summary>
    [JsonStringEnumMemberName("photo-matched-by-crew")]
    PhotoMatchedByCrew = 1,

    /// <summary>The patient types the PIN; only the card's own signature then counts.</summary>
    [JsonStringEnumMemberName("pin-entered")]
    PinEntered = 2,

    /// <summary>A card without photo (infant): the guardian's word.</summary>
    [JsonStringEnumMemberName("guardian-confirmed")]
    GuardianConfirmed = 3,

    /// <summary>Face and photo differ: no viewing.</summary>
    [JsonStringEnumMemberName("not-matched")]
    NotMatched = 4,
}
