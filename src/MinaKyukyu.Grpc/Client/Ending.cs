using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// How a call ended. In one object, because others look while one ends it: of a bare status they could see that it is there before
/// they see its code, and OK is the code that is all zeros.
/// </summary>
internal sealed record Ending(Status Status, Metadata Trailers)
{
    public bool IsWell => Status.StatusCode == StatusCode.OK;

    public RpcException Failure => new(Status, Trailers);
}
