using System.Text.Json.Serialization;

namespace MinaKyukyu.StandIn.Cards;

/// <summary>Which card the stand-in is asked to make: one for each thing that happens to crews.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CardKind>))]
public enum CardKind
{
    [JsonStringEnumMemberName("valid")]
    Valid,

    /// <summary>Ends within three months.</summary>
    [JsonStringEnumMemberName("expiring-soon")]
    ExpiringSoon,

    /// <summary>Over, but within the three months in which eligibility alone may still be asked.</summary>
    [JsonStringEnumMemberName("expired-grace")]
    ExpiredGrace,

    [JsonStringEnumMemberName("expired")]
    Expired,

    [JsonStringEnumMemberName("not-yet-valid")]
    NotYetValid,

    /// <summary>Of another authority with the same name.</summary>
    [JsonStringEnumMemberName("other-ca")]
    OtherAuthority,

    /// <summary>Of the test authority, but with another policy, as a signature certificate would have.</summary>
    [JsonStringEnumMemberName("other-policy")]
    OtherPolicy,

    /// <summary>Good, but its holder never registered it as an insurance card.</summary>
    [JsonStringEnumMemberName("not-registered")]
    NotRegistered,

    /// <summary>Good in every octet, and revoked.</summary>
    [JsonStringEnumMemberName("revoked")]
    Revoked,
}
