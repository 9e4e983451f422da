using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Web;

/// <summary>A response whose trailers go into its body as the last frame.</summary>
internal sealed class GrpcWebResponse(
    HttpResponse response,
    IHttpResponseBodyFeature body,
    string contentType
) : IHttpResponseBodyFeature, IHttpResponseTrailersFeature
{
    /// <summary>The flag of a frame of trailers.</summary>
    private const byte TrailersFlag = 0x80;

    private bool _isEnded;

    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    public Stream Stream => body.Stream;

    public PipeWriter Writer => body.Writer;

    public void DisableBuffering() => body.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        NameContent();
        return body.StartAsync(cancellationToken);
    }

    public Task SendFileAsync(
        string path,
        long offset,
        long? count,
        CancellationToken cancellationToken = default
    ) => body.SendFileAsync(path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await EndAsync().ConfigureAwait(false);
        await body.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Writes the trailers, once. A response without messages has none: its headers say how the call ended.</summary>
    public async Task EndAsync()
    {
        if (_isEnded)
        {
            return;
        }

        _isEnded = true;
        NameContent();
        if (Trailers.Count > 0)
        {
            await Writer.WriteAsync(Frame(Trailers)).ConfigureAwait(false);
        }
    }

    /// <summary>What is not gRPC (a refusal in HTTP's own words) keeps its name.</summary>
    private void NameContent()
    {
        if (!response.HasStarted && GrpcWords.IsGrpcContentType(response.ContentType))
        {
            response.ContentType = contentType;
        }
    }

    private static byte[] Frame(IHeaderDictionary trailers)
    {
        var text = new StringBuilder();
        foreach (var (name, values) in trailers)
        {
            foreach (var value in values)
            {
                // A line break would begin a trailer that nobody wrote; Kestrel refuses it in headers in the same way.
                if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                {
                    throw new InvalidOperationException("A trailer is not printable ASCII.");
                }

#pragma warning disable CA1308 // The names of gRPC-Web's trailers are lower case.
                text.Append(name.ToLowerInvariant()).Append(": ").Append(value).Append("\r\n");
#pragma warning restore CA1308
            }
        }

        var frame = new byte[GrpcWords.FrameHeaderSize + text.Length];
        frame[0] = TrailersFlag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), text.Length);
        Encoding.ASCII.GetBytes(text.ToString(), frame.AsSpan(GrpcWords.FrameHeaderSize));
        return frame;
    }
}
