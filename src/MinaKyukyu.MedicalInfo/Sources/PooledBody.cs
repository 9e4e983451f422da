using System.Buffers;
using System.Security.Cryptography;

namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>The bytes of one answer, up to a bound, in pooled memory that is wiped before it goes back.</summary>
internal sealed class PooledBody(int largest) : IDisposable
{
    /// <summary>Covers a usual answer, so that it is read without growing.</summary>
    private const int FirstRent = 32 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstRent, largest + 1));
    private int length;

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <returns>False when the stream holds more than the bound.</returns>
    public async Task<bool> FillAsync(Stream stream, CancellationToken cancellation)
    {
        while (true)
        {
            if (length == buffer.Length)
            {
                Grow();
            }

            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            length += read;
            if (length > largest)
            {
                return false;
            }

            if (read == 0)
            {
                return true;
            }
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    private void Grow()
    {
        byte[] wider = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(wider);
        CryptographicOperations.ZeroMemory(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = wider;
    }
}
