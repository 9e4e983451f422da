using System.Buffers;
using System.Security.Cryptography;

namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>The bytes of one answer, up to a bound, in pooled memory that is wiped before it goes back.</summary>
internal sealed class PooledBody(int largest) : IDisposable
{
    /// <summary>Covers a usual answer, so that it is read without growing.</summary>
    private const int FirstRent = 32 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstRent, largest + 1));
    private int _length;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <returns>False when the stream holds more than the bound.</returns>
    public async Task<bool> FillAsync(Stream stream, CancellationToken cancellation)
    {
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            int read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellation);
            _length += read;
            if (_length > largest)
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
        CryptographicOperations.ZeroMemory(_buffer.AsSpan(0, _length));
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Grow()
    {
        byte[] wider = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(wider);
        CryptographicOperations.ZeroMemory(_buffer.AsSpan(0, _length));
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = wider;
    }
}
