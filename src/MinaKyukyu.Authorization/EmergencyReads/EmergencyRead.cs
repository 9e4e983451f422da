using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.EmergencyReads;

/// <summary>緊急閲覧: a view that nobody agreed to, or that only a certificate opened. It waits for the department's officer until it is closed with a finding.</summary>
/// <param name="Id">The grant's id names the read as well.</param>
/// <param name="IsWithoutConsent">Consent could not be had; the patient is handed a notice afterwards.</param>
/// <param name="LegalBasis">As in the audit: <c>consent-spoken</c> or <c>public-duty-necessity</c>.</param>
/// <param name="Closing">Null while it is open.</param>
/// <param name="NoticesPrinted">How often the patient's notice was printed.</param>
public sealed record EmergencyRead(
    GrantId Id,
    IncidentId Incident,
    PatientSlot Patient,
    PatientRef PatientRef,
    UnitId Unit,
    CrewId Crew,
    DeviceId Device,
    CardLevel Level,
    GrantScope Scope,
    bool IsWithoutConsent,
    string LegalBasis,
    DateTimeOffset ReadAt,
    EmergencyClosing? Closing,
    int NoticesPrinted
)
{
    public bool IsOpen => Closing is null;

    /// <summary>The rule itself: nobody agreed, or nothing but a certificate was read.</summary>
    internal static bool IsEmergency(bool isWithoutConsent, CardLevel level) =>
        isWithoutConsent || level == CardLevel.CertificateRead;
}

/// <summary>How an emergency read was closed.</summary>
/// <param name="Finding">Of the table <c>emergency-finding</c>.</param>
/// <param name="Note">The officer's words; never medical content.</param>
public sealed record EmergencyClosing(
    Code Finding,
    string Note,
    OversightHand By,
    DateTimeOffset At
);

/// <summary>Who acted for the department's oversight: in which role, at which console.</summary>
/// <param name="Role">Such as <c>information-officer</c>.</param>
public sealed record OversightHand(string Role, DeviceId Device);
