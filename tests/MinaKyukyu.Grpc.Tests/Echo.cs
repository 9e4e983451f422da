using Grpc.Core;

namespace MinaKyukyu.GrpcTests;

/// <summary>
/// A service of bytes with one method of each kind, written out as Grpc.Tools would generate it, so that any client that can
/// send bytes is a witness.
/// </summary>
internal static class Echo
{
    public const string ServiceName = "minakyukyu.test.v1.Echo";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(
        bytes => bytes,
        bytes => bytes
    );

    public static readonly Method<byte[], byte[]> Unary = Define(MethodType.Unary, nameof(Unary));

    public static readonly Method<byte[], byte[]> Collect = Define(
        MethodType.ClientStreaming,
        nameof(Collect)
    );

    public static readonly Method<byte[], byte[]> Spread = Define(
        MethodType.ServerStreaming,
        nameof(Spread)
    );

    public static readonly Method<byte[], byte[]> Talk = Define(
        MethodType.DuplexStreaming,
        nameof(Talk)
    );

    /// <summary>A method that the server does not have.</summary>
    public static readonly Method<byte[], byte[]> Missing = Define(
        MethodType.Unary,
        nameof(Missing)
    );

    public static void BindService(ServiceBinderBase binder, EchoBase? service)
    {
        binder.AddMethod(
            Unary,
            service is null ? null : new UnaryServerMethod<byte[], byte[]>(service.Unary)
        );
        binder.AddMethod(
            Collect,
            service is null
                ? null
                : new ClientStreamingServerMethod<byte[], byte[]>(service.Collect)
        );
        binder.AddMethod(
            Spread,
            service is null ? null : new ServerStreamingServerMethod<byte[], byte[]>(service.Spread)
        );
        binder.AddMethod(
            Talk,
            service is null ? null : new DuplexStreamingServerMethod<byte[], byte[]>(service.Talk)
        );
    }

    private static Method<byte[], byte[]> Define(MethodType type, string name) =>
        new(type, ServiceName, name, Bytes, Bytes);
}

[BindServiceMethod(typeof(Echo), nameof(Echo.BindService))]
internal abstract class EchoBase
{
    public abstract Task<byte[]> Unary(byte[] request, ServerCallContext context);

    public abstract Task<byte[]> Collect(
        IAsyncStreamReader<byte[]> requestStream,
        ServerCallContext context
    );

    public abstract Task Spread(
        byte[] request,
        IServerStreamWriter<byte[]> responseStream,
        ServerCallContext context
    );

    public abstract Task Talk(
        IAsyncStreamReader<byte[]> requestStream,
        IServerStreamWriter<byte[]> responseStream,
        ServerCallContext context
    );
}

/// <summary>What the service does; each test replaces the part that it is about.</summary>
internal sealed class EchoScript
{
    public Func<byte[], ServerCallContext, Task<byte[]>> Unary { get; set; } =
        (request, _) => Task.FromResult(request);

    public Func<IAsyncStreamReader<byte[]>, ServerCallContext, Task<byte[]>> Collect { get; set; } =
        async (requests, _) =>
        {
            var all = new List<byte>();
            await foreach (var request in requests.ReadAllAsync())
            {
                all.AddRange(request);
            }

            return [.. all];
        };

    /// <summary>Sends each byte of the request as a message of its own.</summary>
    public Func<byte[], IServerStreamWriter<byte[]>, ServerCallContext, Task> Spread { get; set; } =
        async (request, responses, context) =>
        {
            foreach (var one in request)
            {
                await responses.WriteAsync([one], context.CancellationToken);
            }
        };

    public Func<
        IAsyncStreamReader<byte[]>,
        IServerStreamWriter<byte[]>,
        ServerCallContext,
        Task
    > Talk { get; set; } =
        async (requests, responses, _) =>
        {
            await foreach (var request in requests.ReadAllAsync())
            {
                await responses.WriteAsync(request);
            }
        };
}

internal sealed class EchoService(EchoScript script) : EchoBase
{
    public override Task<byte[]> Unary(byte[] request, ServerCallContext context) =>
        script.Unary(request, context);

    public override Task<byte[]> Collect(
        IAsyncStreamReader<byte[]> requestStream,
        ServerCallContext context
    ) => script.Collect(requestStream, context);

    public override Task Spread(
        byte[] request,
        IServerStreamWriter<byte[]> responseStream,
        ServerCallContext context
    ) => script.Spread(request, responseStream, context);

    public override Task Talk(
        IAsyncStreamReader<byte[]> requestStream,
        IServerStreamWriter<byte[]> responseStream,
        ServerCallContext context
    ) => script.Talk(requestStream, responseStream, context);
}

internal sealed class EchoClient : ClientBase<EchoClient>
{
    public EchoClient(ChannelBase channel)
        : base(channel) { }

    public EchoClient(CallInvoker invoker)
        : base(invoker) { }

    private EchoClient(ClientBaseConfiguration configuration)
        : base(configuration) { }

    public byte[] UnaryBlocking(byte[] request, CallOptions options = default) =>
        CallInvoker.BlockingUnaryCall(Echo.Unary, host: null, options, request);

    public AsyncUnaryCall<byte[]> UnaryAsync(byte[] request, CallOptions options = default) =>
        CallInvoker.AsyncUnaryCall(Echo.Unary, host: null, options, request);

    public AsyncUnaryCall<byte[]> MissingAsync(byte[] request) =>
        CallInvoker.AsyncUnaryCall(Echo.Missing, host: null, default, request);

    public AsyncClientStreamingCall<byte[], byte[]> Collect(CallOptions options = default) =>
        CallInvoker.AsyncClientStreamingCall(Echo.Collect, host: null, options);

    public AsyncServerStreamingCall<byte[]> Spread(byte[] request, CallOptions options = default) =>
        CallInvoker.AsyncServerStreamingCall(Echo.Spread, host: null, options, request);

    public AsyncDuplexStreamingCall<byte[], byte[]> Talk(CallOptions options = default) =>
        CallInvoker.AsyncDuplexStreamingCall(Echo.Talk, host: null, options);

    protected override EchoClient NewInstance(ClientBaseConfiguration configuration) =>
        new(configuration);
}
