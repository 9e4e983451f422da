using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MinaKyukyu.GrpcTests;

public sealed class InterceptorTests
{
    [Fact]
    public async Task Leads_calls_of_every_kind_through_the_server_interceptors_in_order()
    {
        var log = new CallLog();
        await using var server = await TestServer.StartAsync(
            routes => routes.MapGrpcService<EchoService>(),
            options =>
            {
                options.Interceptors.Add<Registered>();
                options.Interceptors.Add<Named>("all");
            },
            services =>
            {
                services.AddSingleton<EchoScript>().AddSingleton(log).AddSingleton<Registered>();
                services
                    .AddGrpc()
                    .AddServiceOptions<EchoService>(own => own.Interceptors.Add<Named>("own"));
            }
        );
        var client = server.Client;

        await client.UnaryAsync([1]);
        using (var collect = client.Collect())
        {
            await collect.RequestStream.CompleteAsync();
            await collect;
        }

        using (var spread = client.Spread([1]))
        {
            Assert.True(await spread.ResponseStream.MoveNext(CancellationToken.None));
            Assert.False(await spread.ResponseStream.MoveNext(CancellationToken.None));
        }

        using (var talk = client.Talk())
        {
            await talk.RequestStream.CompleteAsync();
            Assert.False(await talk.ResponseStream.MoveNext(CancellationToken.None));
        }

        string[] once =
        [
            "registered in",
            "all in",
            "own in",
            "own out",
            "all out",
            "registered out",
        ];
        Assert.Equal([.. once, .. once, .. once, .. once], log.Lines);
    }

    [Fact]
    public async Task Disposes_the_interceptors_that_it_made_and_not_those_that_it_was_given()
    {
        var log = new CallLog();
        await using var server = await TestServer.EchoAsync(
            options =>
            {
                options.Interceptors.Add<Registered>();
                options.Interceptors.Add<Named>("made");
            },
            services => services.AddSingleton(log).AddSingleton<Registered>()
        );

        await server.Client.UnaryAsync([1]);
        await server.Client.UnaryAsync([1]);

        Assert.Equal(2, log.Disposals);
    }

    [Fact]
    public async Task Lets_an_interceptor_refuse_a_call_before_the_service_sees_it()
    {
        await using var server = await TestServer.EchoAsync(options =>
            options.Interceptors.Add<Refusing>()
        );
        var calls = 0;
        server.Script.Unary = (request, _) =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(request);
        };

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.UnaryAsync([1])
        );

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Leads_calls_through_the_client_interceptors_in_order()
    {
        await using var server = await TestServer.EchoAsync();
        var words = string.Empty;
        server.Script.Unary = (request, context) =>
        {
            words = string.Join(
                ' ',
                context.RequestHeaders.GetAll("word").Select(entry => entry.Value)
            );
            return Task.FromResult(request);
        };
        var invoker = server
            .Channel.Intercept(new Saying("second"), new Saying("third"))
            .Intercept(metadata =>
            {
                metadata.Add("word", "first");
                return metadata;
            });

        await new EchoClient(invoker).UnaryAsync([1]);
        await Task.Run(() => new EchoClient(invoker).UnaryBlocking([1]));

        Assert.Equal("first, second, third", words);
    }

#if !PUBLIC_PACKAGES
    [Fact]
    public async Task Names_another_host_in_the_calls_of_a_client()
    {
        await using var server = await TestServer.EchoAsync();
        var host = string.Empty;
        server.Script.Unary = (request, context) =>
        {
            host = context.Host;
            return Task.FromResult(request);
        };

        await server.Client.WithHost("dispatch.example").UnaryAsync([1]);

        Assert.Equal("dispatch.example", host);
    }
#endif

    private sealed class CallLog
    {
        private int _disposals;

        public List<string> Lines { get; } = [];

        public int Disposals => _disposals;

        public void Disposed() => Interlocked.Increment(ref _disposals);
    }

    private class Named(string name, CallLog log) : Interceptor, IDisposable
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request,
            ServerCallContext context,
            UnaryServerMethod<TRequest, TResponse> continuation
        )
        {
            log.Lines.Add($"{name} in");
            var response = await continuation(request, context);
            log.Lines.Add($"{name} out");
            return response;
        }

        public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            ServerCallContext context,
            ClientStreamingServerMethod<TRequest, TResponse> continuation
        )
        {
            log.Lines.Add($"{name} in");
            var response = await continuation(requestStream, context);
            log.Lines.Add($"{name} out");
            return response;
        }

        public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation
        )
        {
            log.Lines.Add($"{name} in");
            await continuation(request, responseStream, context);
            log.Lines.Add($"{name} out");
        }

        public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation
        )
        {
            log.Lines.Add($"{name} in");
            await continuation(requestStream, responseStream, context);
            log.Lines.Add($"{name} out");
        }

        public void Dispose() => log.Disposed();
    }

    private sealed class Registered(CallLog log) : Named("registered", log);

    private sealed class Refusing : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request,
            ServerCallContext context,
            UnaryServerMethod<TRequest, TResponse> continuation
        ) => throw new RpcException(new Status(StatusCode.PermissionDenied, "no"));
    }

    private sealed class Saying(string word) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation
        ) => continuation(request, Add(context));

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation
        ) => continuation(request, Add(context));

        private ClientInterceptorContext<TRequest, TResponse> Add<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context
        )
            where TRequest : class
            where TResponse : class
        {
            var headers = context.Options.Headers ?? [];
            headers.Add("word", word);
            return new(context.Method, context.Host, context.Options.WithHeaders(headers));
        }
    }
}
