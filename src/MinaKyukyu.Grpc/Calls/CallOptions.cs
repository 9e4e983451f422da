using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>What a caller says about one call beside its request.</summary>
public struct CallOptions
{
    /// <param name="headers">Metadata that go with the call; <see langword="null"/> for none.</param>
    /// <param name="deadline">Moment in UTC after which the call ends; <see langword="null"/> for never.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <param name="writeOptions">How requests are written.</param>
    /// <param name="propagationToken">Kept for the shape: no context is propagated here.</param>
    /// <param name="credentials">Kept for the shape: identity travels in the transport and in metadata here.</param>
    [SuppressMessage(
        "Design",
        "CA1068",
        Justification = "The order of the public package; generated code relies on it."
    )]
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null
    )
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    public Metadata? Headers { get; private set; }

    public DateTime? Deadline { get; private set; }

    public CancellationToken CancellationToken { get; private set; }

    public WriteOptions? WriteOptions { get; private set; }

    public ContextPropagationToken? PropagationToken { get; private set; }

    public CallCredentials? Credentials { get; private set; }

    public readonly CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    public readonly CallOptions WithDeadline(DateTime deadline) =>
        this with
        {
            Deadline = deadline,
        };

    public readonly CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        this with
        {
            CancellationToken = cancellationToken,
        };

    public readonly CallOptions WithWriteOptions(WriteOptions writeOptions) =>
        this with
        {
            WriteOptions = writeOptions,
        };
}

/// <summary>Stands in signatures only; none can be made here.</summary>
public abstract class CallCredentials
{
    private protected CallCredentials() { }
}

/// <summary>Stands in signatures only; none can be made here.</summary>
public abstract class ContextPropagationToken
{
    private protected ContextPropagationToken() { }
}

/// <summary>Stands in signatures only.</summary>
public class ContextPropagationOptions
{
    public static readonly ContextPropagationOptions Default = new();

    public ContextPropagationOptions(
        bool propagateDeadline = true,
        bool propagateCancellation = true
    )
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    public bool IsPropagateDeadline { get; }

    public bool IsPropagateCancellation { get; }
}
