namespace MinaKyukyu.Authorization.Revocation;

/// <summary>The HTTP client towards responder and lists.</summary>
internal static class RevocationHttp
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromMilliseconds(500);

    public static HttpClient Build() =>
        new(
            new SocketsHttpHandler
            {
                ConnectTimeout = ConnectWithin,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                // What is known of a card comes from the address that was configured and from nowhere else.
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                MaxResponseHeadersLength = 16,
            },
            disposeHandler: true
        )
        {
            // Each question carries its own deadline.
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <returns>Null when there is more than that.</returns>
    public static async Task<byte[]?> ReadAsync(
        HttpContent content,
        int mostBytes,
        CancellationToken stop
    )
    {
        if (content.Headers.ContentLength > mostBytes)
        {
            return null;
        }

        await using Stream from = await content.ReadAsStreamAsync(stop);
        return await ReadAsync(from, mostBytes, stop);
    }

    public static async Task<byte[]?> ReadAsync(Stream from, int mostBytes, CancellationToken stop)
    {
        using MemoryStream read = new();
        byte[] buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, stop) is var count and > 0)
        {
            if (read.Length + count > mostBytes)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }
}
