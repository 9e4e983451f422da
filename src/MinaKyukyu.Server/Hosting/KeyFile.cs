using System.Security.Cryptography;

namespace MinaKyukyu.Server.Hosting;

/// <summary>A secret of the data directory: made once at random, readable by its owner only.</summary>
public static class KeyFile
{
    /// <summary>Drives the references of patients.</summary>
    public const string PatientRefs = "patient-ref.key";

    /// <summary>Pepper and seal of members' secrets.</summary>
    public const string SignOn = "sign-on.key";

    /// <summary>256 bits.</summary>
    private const int Bytes = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="MinaServerException">It cannot be read or made, or is no key; the message says what to do.</exception>
    public static byte[] LoadOrCreate(string data, string name)
    {
        string file = Path.Combine(data, name);
        try
        {
            if (!File.Exists(file))
            {
                Write(file, RandomNumberGenerator.GetBytes(Bytes));
            }

            byte[] key = File.ReadAllBytes(file);
            return key.Length >= Bytes
                ? key
                : throw new MinaServerException(
                    $"{file} is no key: it has fewer than {Bytes} bytes. Restore it from a backup."
                );
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new MinaServerException($"{file}: {refused.Message}");
        }
    }

    /// <summary>Writes a new file for its owner's eyes only, durably; refuses to overwrite one.</summary>
    public static void Write(string file, ReadOnlySpan<byte> content)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
        bool isNew = !Directory.Exists(directory);
        Directory.CreateDirectory(directory);
        var creation = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = OwnerOnly;
            if (isNew)
            {
                File.SetUnixFileMode(directory, OwnerOnly | UnixFileMode.UserExecute);
            }
        }

        using var stream = new FileStream(file, creation);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
