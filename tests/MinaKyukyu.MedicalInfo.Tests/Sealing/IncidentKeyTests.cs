using System.Text;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Sealing;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using static MinaKyukyu.MedicalInfo.Tests.Invented;

namespace MinaKyukyu.MedicalInfo.Tests.Sealing;

public sealed class IncidentKeyTests : IDisposable
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes("invented canary");

    private readonly IncidentKey _key = new(Incident, Patient, 0);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Opens_what_it_sealed() =>
        Assert.Equal(Plain, _key.Open(RecordKind.Visits, _key.Seal(RecordKind.Visits, Plain)));

    [Fact]
    public void Every_single_changed_byte_is_noticed()
    {
        byte[] sealedEntry = _key.Seal(RecordKind.Visits, Plain)!;
        for (int i = 0; i < sealedEntry.Length; i++)
        {
            byte[] tampered = [.. sealedEntry];
            tampered[i] ^= 1;
            Assert.Null(_key.Open(RecordKind.Visits, tampered));
        }
    }

    [Fact]
    public void Every_shortened_entry_is_noticed()
    {
        byte[] sealedEntry = _key.Seal(RecordKind.Visits, Plain)!;
        for (int length = 0; length < sealedEntry.Length; length++)
        {
            Assert.Null(_key.Open(RecordKind.Visits, sealedEntry.AsSpan(0, length)));
        }
    }

    [Fact]
    public void An_entry_of_another_kind_does_not_open() =>
        Assert.Null(_key.Open(RecordKind.Allergies, _key.Seal(RecordKind.Visits, Plain)));

    [Fact]
    public void An_entry_of_another_incident_or_patient_does_not_open()
    {
        using IncidentKey otherIncident = new(new IncidentId("incident-2"), Patient, 0);
        using IncidentKey otherPatient = new(Incident, new PatientRef("patient-2"), 0);
        byte[] sealedEntry = _key.Seal(RecordKind.Visits, Plain)!;

        Assert.Null(otherIncident.Open(RecordKind.Visits, sealedEntry));
        Assert.Null(otherPatient.Open(RecordKind.Visits, sealedEntry));
    }

    [Fact]
    public void A_destroyed_key_neither_seals_nor_opens_nor_names()
    {
        byte[] sealedEntry = _key.Seal(RecordKind.Visits, Plain)!;
        _key.Dispose();

        Assert.Null(_key.Open(RecordKind.Visits, sealedEntry));
        Assert.Null(_key.Seal(RecordKind.Visits, Plain));
        Assert.Null(_key.NameOf(RecordKind.Visits));
    }

    [Fact]
    public void The_same_text_is_never_sealed_to_the_same_bytes() =>
        Assert.NotEqual(_key.Seal(RecordKind.Visits, Plain), _key.Seal(RecordKind.Visits, Plain));

    [Fact]
    public void The_name_of_an_entry_says_neither_patient_nor_incident()
    {
        string name = _key.NameOf(RecordKind.Visits)!;

        Assert.DoesNotContain("patient", name, StringComparison.Ordinal);
        Assert.DoesNotContain("incident", name, StringComparison.Ordinal);
        Assert.NotEqual(name, _key.NameOf(RecordKind.Allergies));
        Assert.Equal(name, _key.NameOf(RecordKind.Visits));
    }

    [Fact]
    public void A_key_that_nobody_purged_is_destroyed_at_the_hard_cap()
    {
        ManualTime time = new();
        IncidentKeys keys = new(time, TimeSpan.FromHours(2));
        IncidentKey forgotten = keys.FindOrMake(Incident, Patient)!;
        time.Advance(TimeSpan.FromHours(2));
        keys.FindOrMake(new IncidentId("incident-2"), Patient);

        Assert.Null(forgotten.NameOf(RecordKind.Visits));
    }
}
