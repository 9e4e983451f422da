using MinaKyukyu.Authorization.Ports;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>Asks the configured responder by HTTP POST (RFC 6960 appendix A). Clear text is usual: the answer is signed.</summary>
public sealed class HttpOcspResponder(Uri address) : IOcspResponder, IDisposable
{
    private const string RequestType = "application/ocsp-request";
    private const string ResponseType = "application/ocsp-response";

    private readonly HttpClient _http = RevocationHttp.Build();

    public async Task<OcspReply> AskAsync(ReadOnlyMemory<byte> request, CancellationToken stop)
    {
        using HttpRequestMessage question = new(HttpMethod.Post, address)
        {
            Content = new ReadOnlyMemoryContent(request),
        };
        question.Content.Headers.ContentType = new(RequestType);
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(
                question,
                HttpCompletionOption.ResponseHeadersRead,
                stop
            );
            if (
                answer.StatusCode != System.Net.HttpStatusCode.OK
                || answer.Content.Headers.ContentType?.MediaType != ResponseType
            )
            {
                return new OcspReply.Failed(OcspProblem.Unreachable);
            }

            return
                await RevocationHttp.ReadAsync(answer.Content, OcspAnswer.LargestBytes, stop)
                    is { } der
                ? new OcspReply.Answered(der)
                : new OcspReply.Failed(OcspProblem.TooLarge);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new OcspReply.Failed(OcspProblem.Unreachable);
        }
    }

    public void Dispose() => _http.Dispose();
}
