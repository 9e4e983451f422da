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
        catch (IOException e) when (IsHeldElsewhere(e))
        {
            throw new StoreUnavailableException(
                StoreTrouble.InUse,
                $"The data directory {directory.Path} is in use by another process (it holds {directory.LockFile}); end that one or choose another directory.",
                e
            );
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException(
                StoreTrouble.Failed,
                $"{directory.LockFile} cannot be made: {e.Message}",
                e
            );
        }
    }

    /// <summary>What the runtime reports for a lock that another holds: the error number on Linux and macOS, a sharing violation on Windows.</summary>
    private static bool IsHeldElsewhere(IOException e)
    {
        const int wouldBlockOnLinux = 11;
        const int wouldBlockOnMac = 35;
        const int sharingViolation = unchecked((int)0x80070020);
        return e.HResult is wouldBlockOnLinux or wouldBlockOnMac or sharingViolation;
    }

    public void Dispose() => held.Dispose();
}
