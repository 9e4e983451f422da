namespace MinaKyukyu.Server.Sentences;

/// <summary>A sentence for a person: Japanese first, English beside it.</summary>
internal sealed record Sentence(string Ja, string En);

/// <summary>A reason: its code for programs and its sentence for people.</summary>
internal sealed record WordedReason(string Code, Sentence Words);
