using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.StandIn.Revocation;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>What a responder was asked, and what the right answer to it would be.</summary>
internal sealed record Asked(OcspId Id, byte[]? Nonce, DateTimeOffset Now)
{
    /// <summary>As long as the national responder's.</summary>
    public static readonly TimeSpan Cadence = TimeSpan.FromMinutes(15);

    /// <summary>About this card: good, as of now.</summary>
    public OcspSingleSpec Single => new(Id, OcspWord.Good, Now, Now + Cadence);

    /// <summary>The right answer, signed by the card's own authority.</summary>
    public OcspSpec Right =>
        new(TestCards.Authority.Signer, [Single]) { ProducedAt = Now, Nonce = Nonce };

    /// <summary>The right answer with another word about this card.</summary>
    public OcspSpec Saying(Func<OcspSingleSpec, OcspSingleSpec> change) =>
        Right with
        {
            Singles = [change(Single)],
        };

    /// <summary>The right answer by a responder that the authority named.</summary>
    public OcspSpec By(TestSigner responder) =>
        Right with
        {
            Signer = responder,
            Certificates = [responder.Certificate],
        };
}

/// <summary>A responder in this process that says what a test wants.</summary>
internal sealed class TestResponder(TimeProvider time, Func<Asked, OcspReply> answer)
    : IOcspResponder
{
    public TestResponder(TimeProvider time)
        : this(time, asked => Reply(asked.Right)) { }

    /// <summary>How often it was asked.</summary>
    public int Questions { get; private set; }

    /// <summary>What it says from now on.</summary>
    public Func<Asked, OcspReply> Answer { get; set; } = answer;

    /// <summary>Null: at once.</summary>
    public Func<CancellationToken, Task>? Wait { get; set; }

    public static OcspReply Reply(OcspSpec spec) => Reply(OcspWriting.Answer(spec));

    public static OcspReply Reply(byte[] der) => new OcspReply.Answered(der);

    public async Task<OcspReply> AskAsync(ReadOnlyMemory<byte> request, CancellationToken stop)
    {
        Questions++;
        if (Wait is { } wait)
        {
            await wait(stop);
        }

        (OcspId id, byte[]? nonce) = OcspWriting.ReadQuestion(request)!.Value;
        return Answer(new Asked(id, nonce, time.GetUtcNow()));
    }
}
