using MinaKyukyu.Server.Sentences;
using TypeV1 = MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>Sentences as the wire carries them.</summary>
internal static class SentencePicture
{
    public static TypeV1.Words ToWire(this Sentence sentence) =>
        new() { Ja = sentence.Ja, En = sentence.En };

    public static TypeV1.Reason ToWire(this WordedReason reason) =>
        new() { Code = reason.Code, Words = reason.Words.ToWire() };
}
