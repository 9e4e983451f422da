using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The public reflection protocol: which services there are, and the files that describe them. Knows no data.</summary>
internal sealed class ReflectionService(StreamLimit limit) : ServerReflection.ServerReflectionBase
{
    /// <summary>A file comes together with all that it imports.</summary>
    public const int MessageLimit = 256 * 1024;

    private readonly DescribedServices _described = DescribedServices.Of(
        typeof(ServerReflection).Assembly
    );

    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context
    ) =>
        limit.RunAsync(
            context,
            async stop =>
            {
                var sent = new HashSet<string>(StringComparer.Ordinal);
                while (await requestStream.MoveNext(stop))
                {
                    await responseStream.WriteAsync(Answer(requestStream.Current, sent), stop);
                }
            }
        );

    private ServerReflectionResponse Answer(ServerReflectionRequest asked, HashSet<string> sent)
    {
        var answer = new ServerReflectionResponse
        {
            ValidHost = asked.Host,
            OriginalRequest = asked,
        };
        switch (asked.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                answer.ListServicesResponse = new ListServiceResponse
                {
                    Service = { _described.Services.Select(s => new ServiceResponse { Name = s }) },
                };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                Describe(answer, _described.FindFile(asked.FileByFilename), sent);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                Describe(answer, _described.FindSymbol(asked.FileContainingSymbol), sent);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                Describe(answer, file: null, sent);
                break;
            default:
                answer.ErrorResponse = Error(StatusCode.Unimplemented, "This is not answered.");
                break;
        }

        return answer;
    }

    /// <summary>What was sent on this stream before is not sent again.</summary>
    private static void Describe(
        ServerReflectionResponse answer,
        FileDescriptor? file,
        HashSet<string> sent
    )
    {
        if (file is null)
        {
            answer.ErrorResponse = Error(StatusCode.NotFound, "Nothing of that name is served.");
            return;
        }

        answer.FileDescriptorResponse = new FileDescriptorResponse();
        foreach (FileDescriptor one in DescribedServices.WithImports(file))
        {
            // The file that was asked for always comes: an empty answer would be none.
            if (sent.Add(one.Name) || one == file)
            {
                answer.FileDescriptorResponse.FileDescriptorProto.Add(one.SerializedData);
            }
        }
    }

    private static ErrorResponse Error(StatusCode code, string why) =>
        new() { ErrorCode = (int)code, ErrorMessage = why };
}
