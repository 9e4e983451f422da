using System.IO.Compression;
using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

public class WholeTextFileTests
{
    [Fact]
    public void A_file_that_was_not_finished_never_stood_there()
    {
        using var folder = new ImportFolder();
        File.WriteAllText(folder.Output, "before");
        using (var file = new WholeTextFile(folder.Output))
        {
            file.Text.Write("half");
        }

        Assert.Equal("before", folder.OutputText);
        Assert.Equal(["out.csv"], folder.Files);
    }

    [Fact]
    public void A_name_that_ends_in_gz_is_compressed_and_the_same_text_gives_the_same_bytes()
    {
        using var folder = new ImportFolder();
        foreach (string name in new[] { "a.csv.gz", "b.csv.gz" })
        {
            using var file = new WholeTextFile(folder.Output + name);
            file.Text.Write("錦町\n");
            file.Finish();
        }

        byte[] bytes = File.ReadAllBytes(folder.Output + "a.csv.gz");
        using var text = new StreamReader(
            new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)
        );
        Assert.Equal("錦町\n", text.ReadToEnd());
        Assert.Equal(bytes, File.ReadAllBytes(folder.Output + "b.csv.gz"));
    }
}
