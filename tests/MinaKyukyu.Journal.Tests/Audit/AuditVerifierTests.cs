using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Storage;
using MinaKyukyu.Storage.Sqlite;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.Journal.Tests.Audit;

/// <summary>Alters the very file that SQLite wrote and asks the verifier which row it was.</summary>
public sealed class AuditVerifierTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 40;

    private readonly TemporaryDirectory directory = new();

    private DataDirectory Data => new(directory.Path);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_chain_as_it_was_written_is_sound()
    {
        await WriteAsync();
        AuditVerdict verdict = await VerifyAsync();
        Assert.True(verdict.IsSound);
        Assert.Equal(Rows, verdict.VerifiedRows);
        Assert.Equal(AuditHeadState.CoversAll, verdict.Head);
    }

    [Fact]
    public async Task Verifies_beside_a_running_server()
    {
        await using JournalWriter journal = await OpenAsync();
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        await NoteAsync(journal, Rows);
        AuditVerdict verdict = await VerifyAsync();
        Assert.Null(verdict.Flaw);
        Assert.Equal(Rows, verdict.VerifiedRows);
        await NoteAsync(journal, 1);
    }

    [Theory]
    [InlineData("detail")]
    [InlineData("hash")]
    [InlineData("detail_digest")]
    [InlineData("salt")]
    public async Task Names_the_row_of_one_flipped_byte(string column)
    {
        await WriteAsync();
        FlipOneByte(BytesOf(column, 17), new Random(1));
        AuditVerdict verdict = await VerifyAsync();
        Assert.Equal(new AuditFlaw(17, AuditFlawKind.Altered), verdict.Flaw);
        Assert.Equal(16, verdict.VerifiedRows);
    }

    [Fact]
    public async Task Names_the_row_of_any_flipped_byte()
    {
        await WriteAsync();
        byte[] sound = await File.ReadAllBytesAsync(Data.Database);
        const int seed = 20260401;
        output.WriteLine($"seed {seed}");
        Random chance = new(seed);
        string[] columns = ["detail", "hash", "detail_digest", "salt"];
        for (int i = 0; i < 200; i++)
        {
            long sequence = chance.Next(1, Rows + 1);
            FlipOneByte(BytesOf(columns[chance.Next(columns.Length)], sequence), chance);
            AuditVerdict verdict = await VerifyAsync();
            Assert.Equal(new AuditFlaw(sequence, AuditFlawKind.Altered), verdict.Flaw);
            await File.WriteAllBytesAsync(Data.Database, sound);
        }
    }

    [Theory]
    [InlineData("UPDATE audit SET at = at + 1 WHERE sequence = 9")]
    [InlineData("UPDATE audit SET event = 'test.other' WHERE sequence = 9")]
    [InlineData("UPDATE audit SET subject = 'grant/other' WHERE sequence = 9")]
    public async Task Names_an_altered_row(string sql)
    {
        await WriteAsync();
        Run(sql);
        Assert.Equal(new AuditFlaw(9, AuditFlawKind.Altered), (await VerifyAsync()).Flaw);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    public async Task Names_a_deleted_row(int sequence)
    {
        await WriteAsync();
        Run($"DELETE FROM audit WHERE sequence = {sequence}");
        Assert.Equal(new AuditFlaw(sequence, AuditFlawKind.Missing), (await VerifyAsync()).Flaw);
    }

    [Fact]
    public async Task Names_the_first_of_two_rows_that_changed_places()
    {
        await WriteAsync();
        Run("UPDATE audit SET sequence = 1000 WHERE sequence = 11");
        Run("UPDATE audit SET sequence = 11 WHERE sequence = 30");
        Run("UPDATE audit SET sequence = 30 WHERE sequence = 1000");
        Assert.Equal(new AuditFlaw(11, AuditFlawKind.Reordered), (await VerifyAsync()).Flaw);
    }

    [Fact]
    public async Task Sees_a_tail_that_was_cut_off_below_the_signed_head()
    {
        await WriteAsync();
        Run($"DELETE FROM audit WHERE sequence > {Rows - 3}");
        AuditVerdict verdict = await VerifyAsync();
        Assert.Equal(new AuditFlaw(Rows - 2, AuditFlawKind.TailCut), verdict.Flaw);
        Run("DELETE FROM audit");
        Assert.Equal(new AuditFlaw(1, AuditFlawKind.TailCut), (await VerifyAsync()).Flaw);
    }

    [Fact]
    public async Task Sees_a_chain_that_was_rewritten_without_the_key()
    {
        await WriteAsync();
        byte[] head = await File.ReadAllBytesAsync(Data.AuditHead(Sample.Midori));
        string key = await File.ReadAllTextAsync(Data.AuditPublicKey);
        directory.Empty();
        await WriteAsync();
        await File.WriteAllBytesAsync(Data.AuditHead(Sample.Midori), head);
        Assert.Equal(new AuditFlaw(Rows, AuditFlawKind.Rewritten), (await VerifyAsync(key)).Flaw);
        Assert.Equal(new AuditFlaw(0, AuditFlawKind.HeadForged), (await VerifyAsync()).Flaw);
    }

    [Theory]
    [InlineData("\"sequence\": 40", "\"sequence\": 39")]
    [InlineData("\"department\": \"midori\"", "\"department\": \"aoba\"")]
    [InlineData("{", "")]
    public async Task Sees_a_head_that_was_altered(string from, string to)
    {
        await WriteAsync();
        string path = Data.AuditHead(Sample.Midori);
        string head = await File.ReadAllTextAsync(path);
        Assert.Contains(from, head, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, head.Replace(from, to, StringComparison.Ordinal));
        AuditVerdict verdict = await VerifyAsync();
        Assert.Equal(new AuditFlaw(0, AuditFlawKind.HeadForged), verdict.Flaw);
        Assert.Equal(Rows, verdict.VerifiedRows);
    }

    [Fact]
    public async Task A_row_of_another_department_fits_nowhere_else()
    {
        await WriteAsync();
        Run("UPDATE audit SET department_id = 'aoba' WHERE sequence = 40");
        await using SqliteAuditArchive archive = SqliteAuditArchive.OpenReadOnly(directory.Path);
        IReadOnlyList<AuditVerdict> verdicts = await AuditVerifier.VerifyAsync(archive);
        Assert.Equal(["aoba", "midori"], verdicts.Select(verdict => verdict.Department));
        Assert.Equal(new AuditFlaw(1, AuditFlawKind.Missing), verdicts[0].Flaw);
        Assert.Equal(new AuditFlaw(40, AuditFlawKind.TailCut), verdicts[1].Flaw);
    }

    [Fact]
    public async Task A_damaged_page_is_an_answer_and_not_a_crash()
    {
        await WriteAsync();
        byte[] hash = BytesOf("hash", Rows);
        byte[] file = await File.ReadAllBytesAsync(Data.Database);
        int page = file.AsSpan().IndexOf(hash) / 4096 * 4096;
        RandomNumberGenerator.Fill(file.AsSpan(page, 64));
        file[page] = 0xff;
        await File.WriteAllBytesAsync(Data.Database, file);
        try
        {
            Assert.False((await VerifyAsync()).IsSound);
        }
        catch (StoreUnavailableException e)
        {
            Assert.Equal(StoreTrouble.Corrupt, e.Trouble);
        }
    }

    [Fact]
    public void A_directory_without_a_database_is_named()
    {
        StoreUnavailableException refused = Assert.Throws<StoreUnavailableException>(() =>
            SqliteAuditArchive.OpenReadOnly(directory.Path)
        );
        Assert.Equal(StoreTrouble.Missing, refused.Trouble);
    }

    private async Task<JournalWriter> OpenAsync() =>
        await SqliteJournal.OpenAsync(
            new SqliteJournalParts
            {
                Data = directory.Path,
                Time = new ManualTime(),
                Logger = NullLogger<JournalWriter>.Instance,
            }
        );

    /// <summary>A chain in the database's own file, closed in order, with the head of its last row.</summary>
    private async Task WriteAsync()
    {
        await using JournalWriter journal = await OpenAsync();
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        await NoteAsync(journal, Rows);
    }

    private static async Task NoteAsync(JournalWriter journal, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            Assert.IsType<CommitOutcome.Committed>(
                await journal.CommitAsync(
                    Sample.Commit(
                        CommitPart.Nothing with
                        {
                            Audit =
                            [
                                Sample.Entry(
                                    $"grant/{i}",
                                    $$"""{"n":{{i}},"nonce":"{{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}}"}"""
                                ),
                            ],
                        }
                    ),
                    default
                )
            );
        }
    }

    private async Task<AuditVerdict> VerifyAsync(string? trustedKey = null)
    {
        await using SqliteAuditArchive archive = SqliteAuditArchive.OpenReadOnly(directory.Path);
        return Assert.Single(await AuditVerifier.VerifyAsync(archive, trustedKey));
    }

    private byte[] BytesOf(string column, long sequence)
    {
        using SqliteConnection connection = new($"Data Source={Data.Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own words.
        command.CommandText = $"SELECT {column} FROM audit WHERE sequence = {sequence}";
#pragma warning restore CA2100
        return (byte[])command.ExecuteScalar()!;
    }

    /// <summary>Flips one bit of a value where it stands in the file.</summary>
    private void FlipOneByte(byte[] value, Random chance)
    {
        byte[] file = File.ReadAllBytes(Data.Database);
        int at = file.AsSpan().IndexOf(value);
        Assert.True(at > 0, "The value must stand in the file.");
        file[at + chance.Next(value.Length)] ^= (byte)(1 << chance.Next(8));
        File.WriteAllBytes(Data.Database, file);
    }

    private void Run(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Data.Database};Pooling=False");
        connection.Open();
        SqliteConnections.Execute(connection, sql);
    }
}
