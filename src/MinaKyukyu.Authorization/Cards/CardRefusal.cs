namespace MinaKyukyu.Authorization.Cards;

/// <summary>Why a card opens nothing. Each has its own sentence for the crew; where several hold, the first of this order is given.</summary>
public enum CardRefusal
{
    /// <summary>The gate of this level is closed, or the source of records asks for more.</summary>
    LevelNotAllowed = 1,

    /// <summary>Not a readable certificate.</summary>
    Unreadable = 2,

    /// <summary>Not the user-authentication certificate of a My Number card (マイナンバーカードではありません).</summary>
    NotMyNumberCard = 3,

    /// <summary>A phone's token (スマホ保険証); reported by the tablet, which alone can see the kind of token.</summary>
    SmartphoneToken = 4,

    /// <summary>No pinned authority issued it (発行元を確認できません).</summary>
    Untrusted = 5,

    /// <summary>Its first day is yet to come.</summary>
    NotYetValid = 6,

    /// <summary>Over, and the grace is over too (期限切れ).</summary>
    Expired = 7,

    /// <summary>Over, within the grace in which eligibility alone may be asked (期限切れ・猶予中); medical data stay closed.</summary>
    ExpiredGrace = 8,

    /// <summary>Revoked (失効).</summary>
    Revoked = 9,

    /// <summary>The card's signature is not one over this challenge by this card.</summary>
    SignatureInvalid = 10,

    /// <summary>The assertion is not one of a trusted verifier over this challenge for this card.</summary>
    AssertionInvalid = 11,

    /// <summary>Not registered as an insurance card (保険証の利用登録なし), says the verifier.</summary>
    NotRegistered = 12,

    /// <summary>The responder does not know this serial number.</summary>
    UnknownSerial = 13,

    /// <summary>What came as the responder's answer is not genuine.</summary>
    RevocationAnswerInvalid = 14,

    /// <summary>Nothing new enough says that it is not revoked (失効確認不能); an emergency read may go on.</summary>
    RevocationUnknown = 15,
}

/// <summary>What is shown beside an accepted card.</summary>
public enum CardNote
{
    /// <summary>Ends within three months (期限が近い): told to the patient after handover.</summary>
    ExpiringSoon = 1,

    /// <summary>Nobody was asked whether the card is revoked, because nobody was configured; test anchors only.</summary>
    RevocationNotChecked = 2,

    /// <summary>The assertion is a simulated one (模擬).</summary>
    Simulated = 3,

    /// <summary>The responder is silent; its word of the last hour stands in.</summary>
    RevocationCached = 4,

    /// <summary>Only the day's revocation list says that it is not revoked: possibly stale.</summary>
    RevocationPossiblyStale = 5,

    /// <summary>Nothing says so; an emergency read went on by the department's policy, is alerted, and asked about again.</summary>
    RevocationUnknown = 6,

    /// <summary>A card without photo (顔写真なし・乳児): the guardian's word stood in.</summary>
    NoPhoto = 7,
}
