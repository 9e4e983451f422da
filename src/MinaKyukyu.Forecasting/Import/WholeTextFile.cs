using System.IO.Compression;
using System.Text;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>
/// A text file that is there whole or not at all: it is written under another name beside its place and renamed by
/// <see cref="Finish"/>. Left without that, what stood there before is untouched. UTF-8 without a mark; compressed where the name
/// ends in <c>.gz</c>.
/// </summary>
public sealed class WholeTextFile : IDisposable
{
    private readonly string _file;
    private readonly string _beside;
    private bool _isFinished;

    /// <exception cref="IOException">It cannot be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public WholeTextFile(string file)
    {
        _file = file;
        _beside = file + ".new";
        Stream stream = new FileStream(_beside, FileMode.Create, FileAccess.Write, FileShare.None);
        if (IsCompressed(file))
        {
            stream = new GZipStream(stream, CompressionLevel.Optimal);
        }

        Text = new StreamWriter(
            stream,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            1 << 16
        )
        {
            NewLine = "\n",
        };
    }

    public TextWriter Text { get; }

    public static bool IsCompressed(string file) =>
        file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file is whole: from here it stands in its place.</summary>
    public void Finish()
    {
        Text.Dispose();
        File.Move(_beside, _file, overwrite: true);
        _isFinished = true;
    }

    public void Dispose()
    {
        Text.Dispose();
        if (!_isFinished)
        {
            File.Delete(_beside);
        }
    }
}
