using System.Security.Cryptography;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Files;

/// <summary>Signs manifests: ECDSA over P-256 with SHA-256. The private key never leaves its file.</summary>
public sealed class ModelSigner : IDisposable
{
    private readonly ECDsa _key;

    private ModelSigner(ECDsa key) => _key = key;

    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>A key for as long as the program runs: for tests, and for models that nobody else will load.</summary>
    public static ModelSigner Temporary() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads the key of a PEM file; makes one, readable by its owner only, where there is none.</summary>
    /// <exception cref="ForecastException">The file is no such key, or cannot be read or made.</exception>
    public static ModelSigner LoadOrCreate(string file)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            if (File.Exists(file))
            {
                key.ImportFromPem(File.ReadAllText(file));
            }
            else
            {
                WriteNew(file, key.ExportPkcs8PrivateKeyPem());
            }

            return new ModelSigner(key);
        }
        catch (Exception refused)
            when (refused
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or CryptographicException
                        or NotSupportedException
            )
        {
            key.Dispose();
            throw new ForecastException(file, "is no signing key, or cannot be made", refused);
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> manifest) =>
        _key.SignData(manifest, HashAlgorithmName.SHA256);

    public void Dispose() => _key.Dispose();

    private static void WriteNew(string file, string pem)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var creation = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var to = new StreamWriter(file, creation);
        to.Write(pem);
    }
}

/// <summary>Whose signatures are believed.</summary>
public sealed class ModelTrust
{
    private readonly string[] _signers;

    private ModelTrust(string[] signers) => _signers = signers;

    /// <summary>For looking at a model, not for serving it: whoever signed it, it must only be unaltered.</summary>
    public static ModelTrust Anybody { get; } = new([]);

    public static ModelTrust In(params string[] publicPems) =>
        publicPems.Length > 0
            ? new ModelTrust(publicPems)
            : throw new ArgumentException("nobody is trusted", nameof(publicPems));

    /// <param name="signerPem">The key that the directory itself names.</param>
    /// <returns>SHA-256 of the believed key whose signature holds, in lower case; null where none does.</returns>
    internal string? FindSigner(
        string signerPem,
        ReadOnlySpan<byte> manifest,
        ReadOnlySpan<byte> signature
    )
    {
        foreach (string pem in _signers.Length == 0 ? [signerPem] : _signers)
        {
            using var key = ECDsa.Create();
            try
            {
                key.ImportFromPem(pem);
                if (key.VerifyData(manifest, signature, HashAlgorithmName.SHA256))
                {
                    return Convert.ToHexStringLower(
                        SHA256.HashData(key.ExportSubjectPublicKeyInfo())
                    );
                }
            }
            catch (Exception broken)
                when (broken is ArgumentException or CryptographicException or NotSupportedException
                )
            {
                // A key that is none signs nothing.
            }
        }

        return null;
    }
}
