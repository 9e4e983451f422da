using System.CommandLine;
using Grpc.Core;
using Grpc.Net.Client;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Cli.Audit;

/// <summary><c>mina audit notice</c>: prints the paper that a patient is handed after a view without consent. The server numbers it and writes it down, so the server is asked.</summary>
internal static class NoticeCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private static readonly Option<Uri?> Server = AddressOption.New(
        "--grpc",
        "address of the running server",
        "http://127.0.0.1:5081"
    );

    private static readonly Option<string> Grant = new("--grant")
    {
        Required = true,
        Description = "the view's number (閲覧番号)",
    };

    private static readonly Option<string> Device = new("--device")
    {
        DefaultValueFactory = _ => "console-officer",
        Description = "the officer's console",
    };

    public static Command Build()
    {
        Command notice = new("notice", "閲覧通知書を印刷します / print the patient's notice")
        {
            Server,
            Grant,
            Device,
        };
        notice.SetAction(
            (words, stop) =>
                PrintAsync(
                    words.GetValue(Server)!,
                    words.GetValue(Grant)!,
                    words.GetValue(Device)!,
                    stop
                )
        );
        return notice;
    }

    private static async Task<int> PrintAsync(
        Uri server,
        string grant,
        string device,
        CancellationToken stop
    )
    {
        Metadata identity =
        [
            new Metadata.Entry("mina-device-id", device),
            new Metadata.Entry("mina-role", "information-officer"),
        ];
        try
        {
            using GrpcChannel channel = GrpcChannel.ForAddress(server);
            PrintNoticeResponse notice = await new AuthorizationService.AuthorizationServiceClient(
                channel
            ).PrintNoticeAsync(
                new PrintNoticeRequest
                {
                    RequestId = new UuidSource(TimeProvider.System).Next(),
                    EmergencyReadId = grant,
                },
                identity,
                TimeProvider.System.GetUtcNow().UtcDateTime + Deadline,
                stop
            );
            foreach (Words paragraph in notice.Paragraphs)
            {
                await Console.Out.WriteLineAsync(paragraph.Ja);
                await Console.Out.WriteLineAsync($"    {paragraph.En}");
                await Console.Out.WriteLineAsync();
            }

            return ExitCode.Done;
        }
        catch (RpcException failure)
        {
            Refusal refusal = Refusal.Of(failure);
            await Console.Error.WriteLineAsync(
                $"mina audit notice: {(refusal.Sentence.Length > 0 ? refusal.Sentence : failure.StatusCode.ToString())} {refusal.Reason}"
            );
            return ExitCode.No;
        }
    }
}
