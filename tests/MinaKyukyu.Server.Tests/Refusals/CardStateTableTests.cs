using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>
/// The card's states as a crew meets them, whole: code, Japanese, English. What ends viewing and is seen at the card already has
/// the same words from the tablet as from the server.
/// </summary>
public sealed class CardStateTableTests
{
    /// <summary>State, code, words; in the order in which the first that holds is given.</summary>
    public static TheoryData<CardState?, string, string, string> Stops { get; } =
        new()
        {
            {
                CardState.Unreadable,
                "CARD_UNREADABLE",
                "読み取れません。カードを置き直してください(1回まで)",
                "Cannot read. Place the card again, once"
            },
            {
                CardState.NotMyNumberCard,
                "CARD_NOT_MY_NUMBER_CARD",
                "マイナンバーカードではありません。口頭で聴取してください",
                "Not a My Number card. Interview by voice"
            },
            {
                CardState.SmartphoneToken,
                "CARD_SMARTPHONE_TOKEN",
                "スマホ保険証は未対応です。カードを確認してください",
                "Phone insurance card not supported. Ask for the card"
            },
            {
                CardState.Untrusted,
                "CARD_UNTRUSTED",
                "発行元を確認できません。このカードは使えません",
                "Issuer not trusted. Do not use this card"
            },
            {
                CardState.Expired,
                "CARD_EXPIRED",
                "電子証明書の期限切れ。閲覧できません。口頭で聴取してください",
                "Certificate expired. No viewing. Interview by voice"
            },
            {
                null,
                "CARD_EXPIRED_GRACE",
                "期限切れ(猶予中)。資格のみ確認可、診療・薬剤情報は出ません",
                "Expired, in grace: eligibility only, no medical data"
            },
            {
                null,
                "CARD_REVOKED",
                "このカードは失効しています。閲覧できません",
                "Card revoked. No viewing"
            },
            {
                CardState.NotRegistered,
                "CARD_NOT_REGISTERED",
                "保険証の利用登録がありません。口頭で聴取してください",
                "Not registered as insurance card. Interview by voice"
            },
            {
                null,
                "CARD_IDENTITY_NOT_MATCHED",
                "本人確認ができません。暗証番号か口頭聴取で対応してください",
                "Identity not confirmed. PIN, or interview by voice"
            },
        };

    public static TheoryData<CardNote, string, string, string> Notes { get; } =
        new()
        {
            {
                CardNote.RevocationUnknown,
                "CARD_REVOCATION_UNKNOWN",
                "失効確認ができません。本部の方針により続行します(記録されます)",
                "Revocation unknown. Continuing by HQ policy, recorded"
            },
            {
                CardNote.NoPhoto,
                "CARD_NO_PHOTO",
                "顔写真のないカードです(乳児)。保護者に確認してください",
                "Card without photo (infant). Ask the guardian"
            },
            {
                CardNote.ExpiringSoon,
                "CARD_EXPIRING_SOON",
                "有効です。期限が近いことを引継後に伝えてください",
                "Valid. Tell the patient after handover that it expires soon"
            },
        };

    [Theory]
    [MemberData(nameof(Stops))]
    public void A_state_that_ends_viewing_has_its_code_and_its_words(
        CardState? onTablet,
        string code,
        string ja,
        string en
    )
    {
        RefusalSentence said = RefusalSentences.Get(code);
        Assert.Equal((ja + "。", en + "."), (said.Ja, said.En));
        if (onTablet is { } state)
        {
            Assert.Equal(new CrewWords(ja, en), CardWords.Of(state));
        }
    }

    [Theory]
    [MemberData(nameof(Notes))]
    public void A_state_that_is_shown_beside_the_record_has_its_code_and_its_words(
        CardNote note,
        string code,
        string ja,
        string en
    )
    {
        WordedReason said = CardSentences.Of(note);
        Assert.Equal((code, ja, en), (said.Code, said.Words.Ja, said.Words.En));
    }

    [Fact]
    public void A_locked_PIN_is_a_note_and_not_the_end()
    {
        Assert.Equal(
            new CrewWords(
                "暗証番号はロック中。顔の目視確認で続行できます",
                "PIN locked. Continue by photo check"
            ),
            CardWords.Of(CardState.PinLocked)
        );
        Assert.True(CardState.PinLocked.IsAboutPin());
    }

    [Fact]
    public void Every_refusal_of_a_card_and_every_note_is_worded_once()
    {
        string[] codes =
        [
            .. Enum.GetValues<CardRefusal>()
                .Select(r => RefusalSentences.Get("CARD_" + Commands.Refusal.Of(r).Reason).Reason),
            .. Enum.GetValues<CardNote>().Where(IsNoRefusal).Select(n => CardSentences.Of(n).Code),
        ];
        Assert.Equal(codes.Length, codes.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>"Revocation unknown" ends a normal read and stands beside an emergency one.</summary>
    private static bool IsNoRefusal(CardNote note) => note != CardNote.RevocationUnknown;
}
