using System.Buffers;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Challenges;

/// <summary>Whom a challenge is for; evidence that comes from anywhere else is not an answer to it.</summary>
public sealed record ChallengeBinding(
    DepartmentId Department,
    IncidentId Incident,
    PatientSlot Patient,
    UnitId Unit,
    CrewId Crew,
    DeviceId Device,
    DeviceKey Key
);

/// <summary>What a card, or a special verifier, signs: octets that this server built and nobody else's.</summary>
public sealed class CardChallenge
{
    /// <summary>256 bits, so that none is ever met twice.</summary>
    public const int NonceBytes = 32;

    /// <summary>The one purpose there is; it is part of what is signed.</summary>
    public const string Purpose = "emergency-care/read-medical-summary";

    private const string Domain = "MINA-KYUKYU/CARD-CHALLENGE/1";

    internal CardChallenge(
        ChallengeId id,
        ChallengeBinding binding,
        string nodeBoot,
        ReadOnlySpan<byte> nonce,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt
    )
    {
        Id = id;
        Binding = binding;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
        ArrayBufferWriter<byte> octets = new();
        SignedFields.Write(octets, Domain);
        SignedFields.Write(octets, Purpose);
        SignedFields.Write(octets, id.Value);
        SignedFields.Write(octets, binding.Department.Value);
        SignedFields.Write(octets, binding.Incident.Value);
        SignedFields.Write(octets, binding.Patient.ToString());
        SignedFields.Write(octets, binding.Unit.Value);
        SignedFields.Write(octets, binding.Crew.Value);
        SignedFields.Write(octets, binding.Device.Value);
        SignedFields.Write(octets, binding.Key.Value);
        SignedFields.Write(octets, nodeBoot);
        SignedFields.Write(octets, issuedAt);
        SignedFields.Write(octets, expiresAt);
        SignedFields.Write(octets, nonce);
        SignedOctets = octets.WrittenSpan.ToArray();
    }

    public ChallengeId Id { get; }

    public ChallengeBinding Binding { get; }

    /// <summary>Domain, purpose, ids, this start of this node, times and nonce; the tablet passes them on and changes nothing.</summary>
    public ReadOnlyMemory<byte> SignedOctets { get; }

    public DateTimeOffset IssuedAt { get; }

    public DateTimeOffset ExpiresAt { get; }
}
