namespace MinaKyukyu.MedicalInfo.Ports;

/// <summary>One kind of record, asked for by one request to the source and cached as one entry.</summary>
public enum RecordKind
{
    /// <summary>Procedures of claims (診療情報): dialysis, surgery and other treatments.</summary>
    Procedures = 1,

    /// <summary>Medicines of claims (薬剤情報).</summary>
    ClaimedMedicines = 2,

    /// <summary>Dispensed e-prescriptions (調剤).</summary>
    DispensedMedicines = 3,

    /// <summary>Prescribed e-prescriptions (処方).</summary>
    PrescribedMedicines = 4,

    /// <summary>Allergies and contraindications (アレルギー・薬剤禁忌).</summary>
    Allergies = 5,

    /// <summary>Diagnoses (傷病名).</summary>
    Conditions = 6,

    /// <summary>Pregnancy status (妊娠の有無); of all observations the only one that the summary uses.</summary>
    PregnancyStatus = 7,

    /// <summary>Visits (受診歴).</summary>
    Visits = 8,

    /// <summary>The card's holder (本人): sex and date of birth alone, to be compared with what the call said; no part of the summary.</summary>
    Holder = 9,
}
