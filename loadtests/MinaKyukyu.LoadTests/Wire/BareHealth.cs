using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MinaKyukyu.LoadTests.Wire;

/// <summary>The health service without any gRPC library: frames, answers and trailers as constants.</summary>
internal static class BareHealth
{
    public const string Service = "bare.Health";
    public const string CheckPath = "/" + Service + "/Check";
    public const string WatchPath = "/" + Service + "/Watch";

    /// <summary>A whole frame of an answer.</summary>
    public const int AnswerBytes = 7;

    /// <summary>Frame header, then the tag and length of the request's only field.</summary>
    private const int BytesBeforeText = 5 + 2;

    /// <summary>SERVING in a frame.</summary>
    private static readonly byte[] Answer = [0, 0, 0, 0, AnswerBytes - 5, 8, 1];

    public static async Task CheckAsync(HttpContext http)
    {
        await ReadAsync(http.Request.BodyReader);
        Begin(http.Response);
        await http.Response.BodyWriter.WriteAsync(Answer);
        End(http.Response);
    }

    public static async Task WatchAsync(HttpContext http)
    {
        byte[] asked = await ReadAsync(http.Request.BodyReader);
        int count = int.Parse(
            Encoding.ASCII.GetString(asked.AsSpan(BytesBeforeText)),
            CultureInfo.InvariantCulture
        );
        Begin(http.Response);
        for (int i = 0; i < count; i++)
        {
            await http.Response.BodyWriter.WriteAsync(Answer);
        }

        End(http.Response);
    }

    private static void Begin(HttpResponse response) => response.ContentType = "application/grpc";

    private static void End(HttpResponse response) => response.AppendTrailer("grpc-status", "0");

    private static async ValueTask<byte[]> ReadAsync(PipeReader body)
    {
        while (true)
        {
            ReadResult read = await body.ReadAsync();
            if (read.IsCompleted)
            {
                byte[] whole = read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return whole;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
