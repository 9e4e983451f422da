namespace MinaKyukyu.Tablet.Cards;

/// <summary>What the tablet itself can find out about a card or its reader, before or beside the server's word. A closed set.</summary>
public enum CardState
{
    /// <summary>Nothing speaks against it.</summary>
    Ready = 1,

    /// <summary>Another card, or an old resident card (住基カード).</summary>
    NotMyNumberCard,
    SmartphoneToken,

    /// <summary>Cannot be read; place it again, once.</summary>
    Unreadable,

    /// <summary>The verifier does not know its issuer, or its signature does not fit its certificate.</summary>
    Untrusted,
    Expired,
    NotYetValid,

    /// <summary>利用登録なし.</summary>
    NotRegistered,
    PinWrong,
    PinLocked,

    /// <summary>The verifier does not believe that the card is there.</summary>
    PresenceNotProved,

    /// <summary>The verifier did not answer.</summary>
    VerifierUnavailable,

    /// <summary>No PIN was typed in time; no try was used.</summary>
    PinNotTyped,

    /// <summary>Its key is of a kind that this version cannot ask for a signature, as the next generation's may be; no try was used.</summary>
    KeyNotSupported,

    /// <summary>No card was placed in time.</summary>
    NoCard,

    /// <summary>The card left the field, or lost contact, in the middle. A PIN that was on its way may have used a try.</summary>
    CardMoved,

    /// <summary>The card did not answer a command in time, or still holds the reader with an earlier one.</summary>
    CardTooSlow,

    /// <summary>Another card lies there than the one that was read; it was shown no PIN.</summary>
    CardChanged,

    /// <summary>Another program holds the card.</summary>
    ReaderBusy,

    /// <summary>The reader was unplugged in the middle.</summary>
    ReaderPulledOut,

    /// <summary>No reader is plugged in.</summary>
    NoReader,

    /// <summary>More than one reader, and none is named in the settings: never guessed.</summary>
    SeveralReaders,

    /// <summary>The reader named in the settings is not plugged in.</summary>
    ReaderNotFound,

    /// <summary>The platform's smart-card service (PC/SC) does not run or is not installed.</summary>
    ReaderServiceDown,
}

/// <summary>What follows from a state.</summary>
public static class CardStates
{
    /// <summary>Whether placing the card, or plugging the reader, once more may help; the crew is asked to do so once only.</summary>
    public static bool IsWorthOneMoreTry(this CardState state) =>
        state
            is CardState.Unreadable
                or CardState.PresenceNotProved
                or CardState.NoCard
                or CardState.CardMoved
                or CardState.CardTooSlow
                or CardState.CardChanged
                or CardState.ReaderBusy
                or CardState.ReaderPulledOut
                or CardState.NoReader;

    /// <summary>Whether the holder, or another way than the PIN, may still bring the step to its end.</summary>
    public static bool IsAboutPin(this CardState state) =>
        state
            is CardState.PinWrong
                or CardState.PinLocked
                or CardState.PinNotTyped
                or CardState.KeyNotSupported;
}
