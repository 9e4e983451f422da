using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Storage.Sqlite;

/// <summary>A few reading connections; whoever finds none free waits.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    /// <summary>4: twice the cores of the smallest machine; a read takes some tens of microseconds.</summary>
    private const int MostReaders = 4;

    private readonly SemaphoreSlim free = new(MostReaders, MostReaders);
    private readonly ConcurrentBag<Reader> idle = [];
    private bool isClosed;

    public async ValueTask<T> ReadAsync<T>(Func<Reader, T> read, CancellationToken stop)
    {
        await free.WaitAsync(stop);
        try
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (!idle.TryTake(out Reader? reader))
            {
                reader = Open();
            }

            try
            {
                return SqliteTrouble.Translate(path, () => read(reader));
            }
            catch (Exception e) when (e is ArgumentException or OverflowException)
            {
                throw new StoreUnavailableException(
                    StoreTrouble.Corrupt,
                    $"{path} holds a row that this program cannot have written; restore the data directory from a backup.",
                    e
                );
            }
            finally
            {
                idle.Add(reader);
            }
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Waits for the reads under way, then closes the connections.</summary>
    public void Dispose()
    {
        for (int i = 0; i < MostReaders; i++)
        {
            free.Wait();
        }

        isClosed = true;
        CloseIdle();
        free.Release(MostReaders);
    }

    private Reader Open() =>
        SqliteTrouble.Translate(
            path,
            () =>
            {
                SqliteConnection connection = SqliteConnections.OpenReader(path);
                return new Reader(connection);
            }
        );

    private void CloseIdle()
    {
        while (idle.TryTake(out Reader? reader))
        {
            reader.Dispose();
        }
    }
}
