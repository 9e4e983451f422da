using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Storage;

/// <summary>Holds a data directory for one process; the operating system lets go of it however the process ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream held;

    private DataDirectoryLock(FileStream held) => this.held = held;

    /// <exception cref="StoreUnavailableException">Another process holds it.</exception>
    public static DataDirectoryLock Take(DataDirectory directory)
    {
        directory.Create();
        try
        {
            return new DataDirectoryLock(
                new FileStream(
                    directory.LockFile,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                )
            );
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreUnavailableException(
                StoreTrouble.NotPermitted,
                $"{directory.LockFile} cannot be opened for writing; check the owner and the rights of the directory.",
                e
            );
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException(
                StoreTrouble.InUse,
                $"The data directory {directory.Path} is in use by another process (it holds {directory.LockFile}); end that one or choose another directory.",
                e
            );
        }
    }

    public void Dispose() => held.Dispose();
}
