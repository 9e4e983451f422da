using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Storage;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.EndToEnd.Tests.Serve;

/// <summary><c>mina audit verify</c> over a data directory that a real journal wrote.</summary>
public sealed class AuditVerifyTests : IDisposable
{
    private static readonly DepartmentId Department = new("midoritama");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_sound_chain_ends_with_0_and_one_turned_byte_with_1_and_the_name_of_its_row()
    {
        await WriteAsync(rows: 12);
        (int exit, string output, string errors) = await VerifyAsync();
        Assert.True(exit == 0, output + errors);
        Assert.Contains(
            "midoritama: 検証済み / verified, 12 rows",
            output,
            StringComparison.Ordinal
        );

        Turn("witness-of-row-07");
        (exit, output, _) = await VerifyAsync();
        Assert.Equal(1, exit);
        Assert.Matches(@"NOT verified: .*\b7\b", output);
        Assert.Contains("6 rows before it are sound", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_that_is_not_there_ends_with_2()
    {
        (int exit, string output, string errors) = await VerifyAsync();
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("mina audit: ", errors, StringComparison.Ordinal);
    }

    private Task<(int Exit, string Output, string Errors)> VerifyAsync() =>
        MinaProcess.RunAsync("audit", "verify", "--data", _directory.In("data"));

    private async Task WriteAsync(int rows)
    {
        await using JournalWriter journal = await SqliteJournal.OpenAsync(
            new SqliteJournalParts
            {
                Data = _directory.In("data"),
                Projections = [],
                Time = TimeProvider.System,
                Logger = NullLogger<JournalWriter>.Instance,
            },
            CancellationToken.None
        );
        long epoch = await journal.TakeOwnershipAsync(Department, "test", CancellationToken.None);
        for (int row = 1; row <= rows; row++)
        {
            string detail =
                $$"""{"grantId":"witness-of-row-{{row.ToString("00", CultureInfo.InvariantCulture)}}"}""";
            var part = new CommitPart
            {
                Audit =
                [
                    new AuditEntry(
                        "access.granted",
                        "incident/i-1",
                        Encoding.UTF8.GetBytes(detail)
                    ),
                ],
            };
            Assert.IsType<CommitOutcome.Committed>(
                await journal.CommitAsync(
                    new Commit(Department, epoch, null, part),
                    CancellationToken.None
                )
            );
        }
    }

    /// <summary>Turns one bit of a row's detail, wherever it stands in the files of the database.</summary>
    private void Turn(string witness)
    {
        int turned = 0;
        foreach (string file in Directory.EnumerateFiles(_directory.In("data"), "mina.db*"))
        {
            byte[] bytes = File.ReadAllBytes(file);
            int at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(witness));
            if (at >= 0)
            {
                bytes[at] ^= 1;
                File.WriteAllBytes(file, bytes);
                turned++;
            }
        }

        Assert.Equal(1, turned);
    }
}
