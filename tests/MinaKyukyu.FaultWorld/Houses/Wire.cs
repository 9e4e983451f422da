using Grpc.Core;
using Grpc.Net.Client;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.FaultWorld.Crews;

namespace MinaKyukyu.FaultWorld.Houses;

/// <summary>The way to one server. Commands go as bytes and come back as bytes: what is compared is what was on the wire.</summary>
internal sealed class Wire(Uri address) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    private static readonly Marshaller<byte[]> Plain = Marshallers.Create<byte[]>(b => b, b => b);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);

    /// <exception cref="RpcException">Refused, or unknown.</exception>
    public async Task<byte[]> CallAsync(Command command, CancellationToken stop)
    {
        Sender by = command.By;
        var headers = new Metadata { { "mina-device-id", by.Device }, { "mina-role", by.Role } };
        if (by.Crew is { } crew)
        {
            headers.Add("mina-crew-id", crew);
        }

        int slash = command.Method.LastIndexOf('/');
        var method = new Method<byte[], byte[]>(
            MethodType.Unary,
            command.Method[..slash],
            command.Method[(slash + 1)..],
            Plain,
            Plain
        );
        using AsyncUnaryCall<byte[]> call = _channel
            .CreateCallInvoker()
            .AsyncUnaryCall(method, null, Options(headers, stop), command.Body);
        return await call.ResponseAsync;
    }

    public async Task<GetIncidentResponse> GetIncidentAsync(
        string incident,
        CancellationToken stop
    ) =>
        await new IncidentService.IncidentServiceClient(_channel).GetIncidentAsync(
            new GetIncidentRequest { IncidentId = incident },
            Options(Dispatcher(), stop)
        );

    /// <summary>Every incident's id, in the order of the list.</summary>
    public async Task<IReadOnlyList<string>> ListIncidentsAsync(CancellationToken stop)
    {
        var client = new IncidentService.IncidentServiceClient(_channel);
        List<string> ids = [];
        string page = "";
        do
        {
            ListIncidentsResponse answer = await client.ListIncidentsAsync(
                new ListIncidentsRequest
                {
                    IncludeClosed = true,
                    // Twenty incidents stay below the largest message.
                    Page = new PageRequest { PageSize = 20, PageToken = page },
                },
                Options(Dispatcher(), stop)
            );
            ids.AddRange(answer.Incidents.Select(i => i.IncidentId));
            page = answer.Page.NextPageToken;
        } while (page.Length > 0);
        return ids;
    }

    public async Task<IReadOnlyList<Unit>> ListUnitsAsync(CancellationToken stop) =>
        (
            await new CrewService.CrewServiceClient(_channel).ListUnitsAsync(
                new ListUnitsRequest(),
                Options(Dispatcher(), stop)
            )
        ).Units;

    public void Dispose() => _channel.Dispose();

    private static Metadata Dispatcher() =>
        new() { { "mina-device-id", Sender.Console.Device }, { "mina-role", Sender.Console.Role } };

    private static CallOptions Options(Metadata headers, CancellationToken stop) =>
        new(headers, TimeProvider.System.GetUtcNow().UtcDateTime + Deadline, stop);
}
