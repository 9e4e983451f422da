using System.Diagnostics;
using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Grants;

/// <summary>Why a crew does not get to see a record: a closed set; each has its sentence and its reason code on the wire.</summary>
public enum RefusalReason
{
    /// <summary>No such incident or patient, or not this crew's, or handed over: one answer for all.</summary>
    NotFound = 1,

    /// <summary>Face and photo differ (本人確認ができません): the PIN, or interview by voice.</summary>
    IdentityNotMatched = 2,

    /// <summary>The identity check does not carry this level: a PIN was promised and did not come, or no photo was compared.</summary>
    IdentityCheckNotEnough = 3,

    /// <summary>Viewing without consent needs who judged, consciousness, reason, and a second member.</summary>
    ConsentJudgementIncomplete = 4,

    /// <summary>A text holds a run of exactly twelve digits.</summary>
    PersonalNumber = 5,

    /// <summary>This node has as many checks or grants open as it may.</summary>
    TooManyOpen = 6,

    /// <summary>Not issued by this node since its start, or for another device, crew, incident or patient.</summary>
    ChallengeUnknown = 7,

    ChallengeExpired = 8,

    ChallengeUsed = 9,

    /// <summary>See <see cref="CardRefusal.LevelNotAllowed"/>.</summary>
    LevelNotAllowed = 10,

    Unreadable = 11,
    NotMyNumberCard = 12,
    SmartphoneToken = 13,
    Untrusted = 14,
    NotYetValid = 15,
    Expired = 16,
    ExpiredGrace = 17,
    Revoked = 18,
    SignatureInvalid = 19,
    AssertionInvalid = 20,
    NotRegistered = 21,
    UnknownSerial = 22,
    RevocationAnswerInvalid = 23,

    /// <summary>See <see cref="CardRefusal.RevocationUnknown"/>: the crew may go the way of an emergency read.</summary>
    RevocationUnknown = 24,
}

/// <summary>The card's refusals among all refusals.</summary>
public static class CardRefusals
{
    public static RefusalReason AsRefusalReason(this CardRefusal refusal) =>
        refusal switch
        {
            CardRefusal.LevelNotAllowed => RefusalReason.LevelNotAllowed,
            CardRefusal.Unreadable => RefusalReason.Unreadable,
            CardRefusal.NotMyNumberCard => RefusalReason.NotMyNumberCard,
            CardRefusal.SmartphoneToken => RefusalReason.SmartphoneToken,
            CardRefusal.Untrusted => RefusalReason.Untrusted,
            CardRefusal.NotYetValid => RefusalReason.NotYetValid,
            CardRefusal.Expired => RefusalReason.Expired,
            CardRefusal.ExpiredGrace => RefusalReason.ExpiredGrace,
            CardRefusal.Revoked => RefusalReason.Revoked,
            CardRefusal.SignatureInvalid => RefusalReason.SignatureInvalid,
            CardRefusal.AssertionInvalid => RefusalReason.AssertionInvalid,
            CardRefusal.NotRegistered => RefusalReason.NotRegistered,
            CardRefusal.UnknownSerial => RefusalReason.UnknownSerial,
            CardRefusal.RevocationAnswerInvalid => RefusalReason.RevocationAnswerInvalid,
            CardRefusal.RevocationUnknown => RefusalReason.RevocationUnknown,
            _ => throw new UnreachableException(),
        };
}
