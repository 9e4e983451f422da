namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>The HTTP client towards the source of records.</summary>
internal static class SourceHttp
{
    /// <summary>A closed network answers a connection attempt within milliseconds; a second is patience enough.</summary>
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(1);

    public static HttpClient Build(MedicalInfoOptions options)
    {
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = ConnectWithin,
            MaxConnectionsPerServer = options.RequestsUnderWay,
            // New addresses are noticed within minutes, without any restart.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Records come from the address that was configured and from nowhere else.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 16,
        };
        return new HttpClient(handler, disposeHandler: true)
        {
            BaseAddress = options.SourceAddress,
            // Each fetch carries its own deadline.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }
}
