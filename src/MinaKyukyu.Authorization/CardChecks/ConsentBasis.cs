using System.Text.Json.Serialization;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.CardChecks;

/// <summary>What the patient says to the viewing (同意): a closed set.</summary>
public abstract record ConsentBasis
{
    private ConsentBasis() { }

    /// <summary>口頭同意: the patient said yes.</summary>
    public sealed record Spoken : ConsentBasis;

    /// <summary>同意取得困難: consent is hard to get, and life or body needs the record.</summary>
    /// <param name="JudgedBy">Number of the crew member who judged; not a name.</param>
    /// <param name="Jcs">Japan Coma Scale, such as <c>200</c>.</param>
    /// <param name="ReasonCode">Of the table <c>consent-not-obtainable</c>.</param>
    /// <param name="ConfirmedBy">Number of a second crew member; another than <paramref name="JudgedBy"/>.</param>
    public sealed record NotObtainable(
        string JudgedBy,
        string Jcs,
        string ReasonCode,
        string ConfirmedBy
    ) : ConsentBasis
    {
        /// <summary>Japan Coma Scale: clear, and three grades of three.</summary>
        private static readonly string[] JcsCodes =
        [
            "0",
            "1",
            "2",
            "3",
            "10",
            "20",
            "30",
            "100",
            "200",
            "300",
        ];

        /// <summary>All four are said, the scale's value exists, and two people agree.</summary>
        internal bool IsComplete =>
            Identifier.IsWellFormed(JudgedBy)
            && Identifier.IsWellFormed(ConfirmedBy)
            && Identifier.IsWellFormed(ReasonCode)
            && JcsCodes.Contains(Jcs, StringComparer.Ordinal)
            && !string.Equals(JudgedBy, ConfirmedBy, StringComparison.OrdinalIgnoreCase);

        internal bool HoldsPersonalNumber =>
            PersonalNumberRule.Contains(JudgedBy)
            || PersonalNumberRule.Contains(ConfirmedBy)
            || PersonalNumberRule.Contains(ReasonCode)
            || PersonalNumberRule.Contains(Jcs);
    }

    /// <summary>The patient said no: the card step closes, and nothing of the card is read or kept.</summary>
    public sealed record Refused : ConsentBasis;
}

/// <summary>On which ground the record is seen; kept beside the consent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LegalBasis>))]
public enum LegalBasis
{
    /// <summary>The patient agreed.</summary>
    [JsonStringEnumMemberName("consent-spoken")]
    ConsentSpoken = 1,

    /// <summary>The department's statutory duty of emergency service needs it. How a department argues it is its legal officer's to confirm.</summary>
    [JsonStringEnumMemberName("public-duty-necessity")]
    PublicDutyNecessity = 2,

    /// <summary>
    /// A private holder gives data because life or body needs it. It binds clinics and operators, not the fire department, so it is
    /// never a crew's own ground; the word is here for what a source says of itself.
    /// </summary>
    [JsonStringEnumMemberName("life-or-body-provider")]
    LifeOrBodyProvider = 3,
}
