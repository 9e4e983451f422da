namespace Grpc.Core;

/// <summary>How a call ended. The numbers are those of the gRPC specification and travel in <c>grpc-status</c>.</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The caller gave the call up.</summary>
    Cancelled = 1,

    /// <summary>The far side failed and did not say how.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed; whether there was an effect is unknown.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for is not there (or is not the caller's to see).</summary>
    NotFound = 5,

    /// <summary>What was to be made is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A limit was reached: message size, quota, space.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that this call needs.</summary>
    FailedPrecondition = 9,

    /// <summary>The call lost a race and may be tried again from a higher level.</summary>
    Aborted = 10,

    /// <summary>The request left the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The service or the method is not here.</summary>
    Unimplemented = 12,

    /// <summary>A promise of the protocol or of the system was broken.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached now.</summary>
    Unavailable = 14,

    /// <summary>Data are lost for good.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
