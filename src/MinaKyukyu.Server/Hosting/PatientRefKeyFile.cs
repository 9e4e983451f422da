using System.Security.Cryptography;
using MinaKyukyu.Authorization.Grants;

namespace MinaKyukyu.Server.Hosting;

/// <summary>The department's key for patient references: made once, readable by its owner only.</summary>
internal static class PatientRefKeyFile
{
    private const string Name = "patient-ref.key";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static PatientRefKey LoadOrCreate(string data)
    {
        string file = Path.Combine(data, Name);
        try
        {
            if (!File.Exists(file))
            {
                Create(data, file);
            }

            return new PatientRefKey(File.ReadAllBytes(file));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new MinaServerException($"{file}: {refused.Message}");
        }
        catch (ArgumentException)
        {
            throw new MinaServerException(
                $"{file} is no key: it has fewer than {PatientRefKey.LeastBytes} bytes. Restore it from a backup."
            );
        }
    }

    private static void Create(string data, string file)
    {
        Directory.CreateDirectory(data);
        var creation = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(data, OwnerOnly | UnixFileMode.UserExecute);
            creation.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(file, creation);
        stream.Write(RandomNumberGenerator.GetBytes(PatientRefKey.LeastBytes));
        stream.Flush(flushToDisk: true);
    }
}
