using MinaKyukyu.Authorization.Revocation;

namespace MinaKyukyu.Authorization.Ports;

/// <summary>What comes back from a responder: octets, or why there are none.</summary>
public abstract record OcspReply
{
    private OcspReply() { }

    public sealed record Answered(ReadOnlyMemory<byte> Der) : OcspReply;

    public sealed record Failed(OcspProblem Problem) : OcspReply;
}

/// <summary>The one OCSP responder that this server was told of. An address inside a certificate is never followed.</summary>
public interface IOcspResponder
{
    /// <summary>Asks once, never repeats; ends when <paramref name="stop"/> does.</summary>
    Task<OcspReply> AskAsync(ReadOnlyMemory<byte> request, CancellationToken stop);
}
