using Grpc.Core;

namespace MinaKyukyu.Server.Identity;

/// <summary>Port: who is it that calls? Null: nobody that we know.</summary>
internal interface IIdentitySource
{
    ValueTask<Caller?> IdentifyAsync(ServerCallContext call);
}

/// <summary>Asks one after the other; the first that knows the caller is believed.</summary>
internal sealed class FirstThatKnows(IReadOnlyList<IIdentitySource> sources) : IIdentitySource
{
    public async ValueTask<Caller?> IdentifyAsync(ServerCallContext call)
    {
        foreach (IIdentitySource source in sources)
        {
            if (await source.IdentifyAsync(call) is { } caller)
            {
                return caller;
            }
        }

        return null;
    }
}
