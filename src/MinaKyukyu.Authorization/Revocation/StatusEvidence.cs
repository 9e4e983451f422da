namespace MinaKyukyu.Authorization.Revocation;

/// <summary>What a look-up brought: handed to the decision, which verifies it again. Opaque; holds personal data.</summary>
public sealed class StatusEvidence
{
    internal StatusEvidence(KeptAnswer? answer, OcspProblem? problem)
    {
        Answer = answer;
        Problem = problem;
    }

    internal static StatusEvidence Nothing { get; } = new(null, null);

    internal KeptAnswer? Answer { get; }

    /// <summary>Why the question brought nothing usable; null: it did, or none was asked.</summary>
    public OcspProblem? Problem { get; }

    public override string ToString() => "(withheld)";
}

/// <summary>An answer as it came, with the clocks at its coming, so that setting a clock back makes it no younger.</summary>
/// <param name="Nonce">What was sent with the question; empty when the answer was not asked for by us.</param>
/// <param name="AgeThen">Its age when it came, by the wall clock.</param>
/// <param name="Timestamp">Monotonic.</param>
internal sealed record KeptAnswer(
    ReadOnlyMemory<byte> Der,
    ReadOnlyMemory<byte> Nonce,
    TimeSpan AgeThen,
    long Timestamp
);
