using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Storage;

/// <summary>Writes small files whole or not at all.</summary>
internal static partial class WholeFile
{
    /// <summary>Writes beside the file, flushes, renames, flushes the directory.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written; the older file still stands.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        string beside = path + ".new";
        try
        {
            // A file left by a crash keeps its old rights, so it goes first.
            File.Delete(beside);
            FileStreamOptions options = new()
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using (FileStream file = new(beside, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
            FlushDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                StoreTrouble.Failed,
                $"{path} cannot be written: {e.Message}",
                e
            );
        }
    }

    /// <summary>A rename is durable only once its directory is. The runtime opens no directories, hence libc.</summary>
    private static void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const int readOnly = 0;
        int descriptor = Open(directory, readOnly);
        if (descriptor < 0)
        {
            throw new IOException(
                $"{directory} cannot be opened (errno {Marshal.GetLastPInvokeError()})."
            );
        }

        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (Sync(descriptor) != 0)
        {
            throw new IOException(
                $"{directory} cannot be flushed (errno {Marshal.GetLastPInvokeError()})."
            );
        }
    }

    [LibraryImport(
        "libc",
        EntryPoint = "open",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int descriptor);
}
