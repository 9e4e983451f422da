namespace Grpc.Core;

/// <summary>The end of a call: its code and a sentence for a developer.</summary>
public struct Status
{
    /// <summary>The call succeeded and has nothing to add.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, string.Empty);

    /// <summary>The call was given up and nothing more is known.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, string.Empty);

    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, debugException: null) { }

    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        Detail = detail;
        DebugException = debugException;
    }

    public StatusCode StatusCode { get; }

    /// <summary>Travels in <c>grpc-message</c>; never <see langword="null"/> when it was received.</summary>
    public string Detail { get; }

    /// <summary>What was caught on this side; it never travels.</summary>
    public Exception? DebugException { get; }

    public override readonly string ToString() =>
        $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")";
}
