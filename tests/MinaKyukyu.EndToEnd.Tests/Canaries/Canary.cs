using System.Text;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>What a canary stands for.</summary>
internal enum CanaryKind
{
    PatientName = 1,
    PatientAddress,
    BirthDate,
    Medicine,
    Dosage,
    Diagnosis,
    Allergy,
    Treatment,
    Institution,
    RecordHandle,
    CardSerial,
    CardCertificate,
    CardSubject,
    MemberPin,
    CallbackNumber,

    /// <summary>Twelve digits, as a My Number has.</summary>
    TwelveDigits,
    IncidentAddress,
    IncidentLandmark,
    IncidentRemarks,

    /// <summary>A text in a place of the wire that takes no free text.</summary>
    StrayText,
}

/// <summary>Something invented that occurs nowhere by chance, so that each sighting of it is a leak or an allowance.</summary>
/// <param name="Number">Names the canary in a failure, which never prints it.</param>
/// <param name="Text">Null where the canary is bytes.</param>
internal sealed record Canary(CanaryKind Kind, int Number, byte[] Bytes, string? Text)
{
    public static Canary Of(CanaryKind kind, int number, string text) =>
        new(kind, number, Encoding.UTF8.GetBytes(text), text);

    // A failing assertion must not print what it found.
    public override string ToString() => $"{Kind} {Number}";
}
