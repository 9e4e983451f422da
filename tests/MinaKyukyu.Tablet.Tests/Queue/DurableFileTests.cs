using System.Text;
using MinaKyukyu.Tablet.Queue;

namespace MinaKyukyu.Tablet.Tests.Queue;

public sealed class DurableFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tablet-");

    private string FilePath => Path.Combine(_directory.FullName, "outgoing.log");

    [Fact]
    public void Gives_back_after_reopening_what_was_appended()
    {
        using (var file = new DurableFile(FilePath))
        {
            file.Append("one "u8);
            file.Append("two"u8);
            Assert.Equal("one two", Encoding.UTF8.GetString(file.ReadAll()));
        }

        using var again = new DurableFile(FilePath);
        again.Truncate(3);
        again.Append("!"u8);
        Assert.Equal("one!", Encoding.UTF8.GetString(again.ReadAll()));
    }

    [Fact]
    public void Is_held_by_one_process_only()
    {
        using var file = new DurableFile(FilePath);

        Assert.ThrowsAny<IOException>(() => new DurableFile(FilePath));
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
