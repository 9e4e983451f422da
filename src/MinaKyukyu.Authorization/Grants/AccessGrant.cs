using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Grants;

/// <summary>What was proved about the card (確認方法): C = PIN and signature, B = a special verifier's assertion, A = certificate merely read.</summary>
public enum CardLevel
{
    /// <summary>A 証明書のみ: anyone with a copy of the certificate could pass; an emergency read only.</summary>
    CertificateRead = 1,

    /// <summary>B 顔写真(暗証番号なし): assertion of an approved special verifier over our challenge, and the crew compared the face.</summary>
    SpecialVerifier = 2,

    /// <summary>C 暗証番号: PIN and the card's signature over our challenge.</summary>
    PinChallenge = 3,
}

/// <summary>How much of the record a grant opens.</summary>
public enum GrantScope
{
    /// <summary>The emergency summary (救急用サマリー).</summary>
    Summary = 1,

    /// <summary>Emergency items only; alerted and reconciled.</summary>
    EmergencyItems = 2,
}

/// <summary>
/// Permission for one crew on one device to read one patient's record within one incident. Nobody outside this room can make
/// one, and this room makes it only from the receipt of the commit that holds its audit row.
/// </summary>
/// <remarks>Not a bearer token: whoever uses it is checked again on each message, against device, crew, incident and time.</remarks>
public sealed class AccessGrant
{
    internal AccessGrant(
        GrantId id,
        DepartmentId department,
        IncidentId incident,
        PatientSlot patient,
        PatientRef patientRef,
        UnitId unit,
        CrewId crew,
        DeviceId device,
        DeviceKey key,
        CardLevel level,
        GrantScope scope,
        RecordHandle record,
        DateTimeOffset grantedAt,
        DateTimeOffset expiresAt
    )
    {
        Id = id;
        Department = department;
        Incident = incident;
        Patient = patient;
        PatientRef = patientRef;
        Unit = unit;
        Crew = crew;
        Device = device;
        Key = key;
        Level = level;
        Scope = scope;
        Record = record;
        GrantedAt = grantedAt;
        ExpiresAt = expiresAt;
    }

    public GrantId Id { get; }

    public DepartmentId Department { get; }

    public IncidentId Incident { get; }

    public PatientSlot Patient { get; }

    public PatientRef PatientRef { get; }

    public UnitId Unit { get; }

    public CrewId Crew { get; }

    public DeviceId Device { get; }

    /// <summary>The key of the connection that was granted; over any other the grant is worth nothing.</summary>
    public DeviceKey Key { get; }

    public CardLevel Level { get; }

    public GrantScope Scope { get; }

    /// <summary>What the source of records needs to find this person.</summary>
    public RecordHandle Record { get; }

    public DateTimeOffset GrantedAt { get; }

    public DateTimeOffset ExpiresAt { get; }

    /// <summary>When its decision began, by the monotonic clock.</summary>
    internal long DecidedTimestamp { get; init; }

    /// <summary>The card to ask about again, because it was let in on less than a fresh answer; null: nothing is to be asked.</summary>
    internal StatusQuestion? AskAgain { get; init; }
}

/// <summary>Under which handle a source of records knows the holder of a verified card. Personal data: never logged, never stored.</summary>
public sealed class RecordHandle
{
    private readonly string _value;

    internal RecordHandle(string value) => _value = value;

    /// <summary>The handle itself; to be called only while a request to the source is being built.</summary>
    public string Reveal() => _value;

    public override string ToString() => "(withheld)";
}
