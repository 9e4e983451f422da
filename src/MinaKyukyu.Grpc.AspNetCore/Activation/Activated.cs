namespace Grpc.AspNetCore.Server.Activation;

/// <summary>An object that serves one call. Made for the call, it is disposed with it; taken from the services, it is theirs.</summary>
internal readonly struct Activated<T>(T instance, bool isOurs)
    where T : class
{
    public T Instance { get; } = instance;

    public ValueTask ReleaseAsync()
    {
        if (!isOurs)
        {
            return ValueTask.CompletedTask;
        }

        switch (Instance)
        {
            case IAsyncDisposable disposable:
                return disposable.DisposeAsync();
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }

        return ValueTask.CompletedTask;
    }
}
