using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.MedicalInfo.Ports;

/// <summary>A question to a source of records. Only this room makes one, and only for the holder of a grant.</summary>
public sealed class RecordQuery
{
    private readonly Func<string> _reveal;

    internal RecordQuery(RecordKind kind, PatientRef patient, Func<string> reveal)
    {
        Kind = kind;
        Patient = patient;
        _reveal = reveal;
    }

    public RecordKind Kind { get; }

    /// <summary>For logs and traces; the source never learns it.</summary>
    public PatientRef Patient { get; }

    /// <summary>The record handle; to be called only while the request is being built, never logged, never part of a URL.</summary>
    public string RevealHandle() => _reveal();
}
