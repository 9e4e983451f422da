using MinaKyukyu.Authorization.Ports;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>Fetches a revocation list by HTTP from the configured address.</summary>
public sealed class HttpCrlSource(Uri address) : ICrlSource, IDisposable
{
    private readonly HttpClient _http = RevocationHttp.Build();

    public async Task<ReadOnlyMemory<byte>?> FetchAsync(CancellationToken stop)
    {
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(
                address,
                HttpCompletionOption.ResponseHeadersRead,
                stop
            );
            byte[]? read =
                answer.StatusCode == System.Net.HttpStatusCode.OK
                    ? await RevocationHttp.ReadAsync(
                        answer.Content,
                        CertificateList.LargestBytes,
                        stop
                    )
                    : null;
            return Octets.OrNone(read);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>Reads a revocation list that somebody else brings, such as a nightly copy into a closed network.</summary>
public sealed class FileCrlSource(string path) : ICrlSource
{
    public async Task<ReadOnlyMemory<byte>?> FetchAsync(CancellationToken stop)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            byte[]? read = await RevocationHttp.ReadAsync(file, CertificateList.LargestBytes, stop);
            return Octets.OrNone(read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

internal static class Octets
{
    /// <summary>Said in words, because a null array otherwise turns into an empty memory by itself.</summary>
    public static ReadOnlyMemory<byte>? OrNone(byte[]? read)
    {
        if (read is null)
        {
            return null;
        }

        return new ReadOnlyMemory<byte>(read);
    }
}
