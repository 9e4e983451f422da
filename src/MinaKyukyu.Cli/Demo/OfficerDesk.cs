using Grpc.Core;
using Grpc.Net.Client;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Cli.Demo;

/// <summary>The officer's desk (情報管理責任者) as a program: looks at what waits, and closes it.</summary>
internal sealed class OfficerDesk : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly Metadata Identity =
    [
        new("mina-device-id", "desk-officer-demo"),
        new("mina-role", "information-officer"),
    ];

    private readonly GrpcChannel _channel;
    private readonly AuthorizationService.AuthorizationServiceClient _oversight;
    private readonly IIdSource _ids = new UuidSource(TimeProvider.System);

    public OfficerDesk(Uri address)
    {
        _channel = GrpcChannel.ForAddress(address);
        _oversight = new AuthorizationService.AuthorizationServiceClient(_channel);
    }

    private static CallOptions Call =>
        new(Identity, TimeProvider.System.GetUtcNow().UtcDateTime + Deadline);

    public async Task<IReadOnlyList<EmergencyRead>> ListOpenAsync() =>
        [
            .. (
                await _oversight.ListEmergencyReadsAsync(new ListEmergencyReadsRequest(), Call)
            ).EmergencyReads,
        ];

    public async Task CloseAsync(EmergencyRead read) =>
        await _oversight.CloseEmergencyReadAsync(
            new CloseEmergencyReadRequest
            {
                RequestId = _ids.Next(),
                EmergencyReadId = read.EmergencyReadId,
                FindingCode = "justified",
                Note = "活動記録と出動記録を照合し、隊長から聴取した",
            },
            Call
        );

    public void Dispose() => _channel.Dispose();
}
