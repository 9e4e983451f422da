using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.EndToEnd.Tests.Serve;

/// <summary><c>mina audit …</c> as a process of its own, over data directories that a real journal wrote.</summary>
public sealed partial class AuditToolsTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.In("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Shows_the_rows_that_were_asked_for_and_says_whether_the_chain_is_whole()
    {
        await ViewChain.WriteAsync(Data, 20, n => n == 3);
        (int exit, string shown, string verdict) = await RunAsync("show", "--incident", "i-3");
        Assert.Equal(0, exit);
        Assert.Contains("検証済み", verdict, StringComparison.Ordinal);
        Assert.Equal(1 + 5, Lines(shown).Length);

        Assert.Equal(4, await CountAsync("--patient-ref", "patient-7"));
        Assert.Equal(3 * 4, await CountAsync("--crew", "c-1"));
        Assert.Equal(3 * 4, await CountAsync("--device", "d-1"));
        Assert.Equal(1, await CountAsync("--event", "access.emergency"));
        Assert.Equal(20, await CountAsync("--event", "summary.purged"));
        Assert.Equal(0, await CountAsync("--to", "2026-04-01"));
        JsonElement row = JsonDocument
            .Parse(
                Lines((await RunAsync("show", "--json", "--event", "access.emergency")).Output)[0]
            )
            .RootElement;
        Assert.Equal("patient-3", row.GetProperty("detail").GetProperty("patientRef").GetString());
        Assert.Equal(2, (await RunAsync("show", "--from", "yesterday")).Exit);

        async Task<int> CountAsync(params string[] words) =>
            Lines((await RunAsync(["show", "--json", .. words])).Output).Length;
    }

    [Fact]
    public async Task What_is_exported_is_checked_by_the_program_in_the_guide_and_an_altered_export_is_named()
    {
        await ViewChain.WriteAsync(Data, 12);
        string file = _directory.In("export.jsonl");
        (int exit, string said, string errors) = await RunAsync("export", "--out", file);
        Assert.True(exit == 0, errors);
        Assert.StartsWith("48 ", said, StringComparison.Ordinal);
        Assert.Equal([file], Directory.EnumerateFiles(_directory.Path, "export*"));

        string guide = await File.ReadAllTextAsync(
            Path.Combine(MinaProcess.Root, "docs", "AUDIT_EVENTS.md")
        );
        string program = PythonText().Match(guide).Groups["text"].Value;
        string head = await File.ReadAllTextAsync(Path.Combine(Data, "audit-head-midoritama.json"));
        string hash = JsonDocument.Parse(head).RootElement.GetProperty("hash").GetString()!;
        Assert.Equal($"midoritama 48 {hash}", (await PythonAsync(program, file)).Output.Trim());

        string[] rows = await File.ReadAllLinesAsync(file);
        foreach (
            (string[] changed, int first) in new[]
            {
                (
                    [
                        .. rows[..9],
                        rows[9].Replace("summary.", "sumnary.", StringComparison.Ordinal),
                        .. rows[10..],
                    ],
                    10
                ),
                ([.. rows[..20], .. rows[21..]], 21),
                ((string[])[.. rows[..4], rows[5], rows[4], .. rows[6..]], 5),
            }
        )
        {
            await File.WriteAllLinesAsync(file, changed);
            (int code, _, string complaint) = await PythonAsync(program, file);
            Assert.Equal(1, code);
            Assert.Contains(
                string.Create(CultureInfo.InvariantCulture, $"row {first} is not"),
                complaint,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task An_export_as_csv_has_the_chains_fields_and_one_that_cannot_be_written_leaves_nothing()
    {
        await ViewChain.WriteAsync(Data, 3);
        string file = _directory.In("export.csv");
        Assert.Equal(0, (await RunAsync("export", "--out", file, "--format", "csv")).Exit);
        string[] rows = await File.ReadAllLinesAsync(file);
        Assert.Equal(
            "department,sequence,at_us,event,subject,salt,detail_digest,hash,detail",
            rows[0]
        );
        Assert.Equal(13, rows.Length);
        Assert.All(rows, r => Assert.Equal(9, r.Split(',').Length));

        (int exit, string said, _) = await RunAsync(
            "export",
            "--out",
            _directory.In("no-such-directory/export.csv")
        );
        Assert.Equal((2, ""), (exit, said));
        Directory.CreateDirectory(_directory.In("taken"));
        Assert.Equal(1, (await RunAsync("export", "--out", _directory.In("taken"))).Exit);
        Assert.Empty(Directory.EnumerateFiles(_directory.Path, "*.new"));
    }

    [Fact]
    public async Task A_disclosure_tells_everything_about_one_patient_among_ten_thousand_rows()
    {
        await ViewChain.WriteAsync(Data, 2_500);
        var watch = Stopwatch.StartNew();
        (int exit, string text, string verdict) = await RunAsync(
            "disclosure",
            "--patient-ref",
            "patient-7"
        );
        // A figure for loadtests/RESULTS.md; others use the machine too, so that it is no condition here.
        output.WriteLine(
            $"disclosure of 50 views among 10,000 rows, start of the program and verifying included: {watch.ElapsedMilliseconds} ms"
        );
        Assert.Equal(0, exit);
        Assert.Contains("10000 rows", verdict, StringComparison.Ordinal);
        Assert.Contains("50 grants, 50 opened, 1 patients", text, StringComparison.Ordinal);
        Assert.Contains("区分 risks・medicines", text, StringComparison.Ordinal);
        Assert.Contains("消去 ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("patient-8", text, StringComparison.Ordinal);
        string[] lines = Lines(
            (await RunAsync("disclosure", "--patient-ref", "patient-7", "--json")).Output
        );
        Assert.Equal(50, lines.Length);
        Assert.All(
            lines,
            l =>
                Assert.Equal(
                    "patient-7",
                    JsonDocument.Parse(l).RootElement.GetProperty("patient_ref").GetString()
                )
        );
    }

    [Fact]
    public async Task The_scope_of_a_lost_tablet_is_exact()
    {
        await ViewChain.WriteAsync(Data, 70);
        Assert.Equal(10, await CountAsync("--device", "d-2"));
        Assert.Equal(0, await CountAsync("--device", "d-2", "--crew", "c-3"));
        // Views n = 2, 9, …, 65 at minute n after 09:00; each stays until it is purged, 40 minutes later.
        Assert.Equal(
            ["g-9", "g-16"],
            await GrantsAsync(
                "--device",
                "d-2",
                "--from",
                "2026-04-01 09:49",
                "--to",
                "2026-04-01 09:17"
            )
        );
        Assert.Equal(2, (await RunAsync("leak-scope")).Exit);

        async Task<int> CountAsync(params string[] words) => (await GrantsAsync(words)).Length;

        async Task<string[]> GrantsAsync(params string[] words) =>
            [
                .. Lines((await RunAsync(["leak-scope", "--json", .. words])).Output)
                    .Select(l =>
                        JsonDocument.Parse(l).RootElement.GetProperty("grant_id").GetString()!
                    ),
            ];
    }

    [Fact]
    public async Task Names_every_view_that_one_of_the_three_logs_lacks()
    {
        await ViewChain.WriteAsync(Data, 6);
        string platform = _directory.In("platform.csv");
        string activity = _directory.In("activity.csv");
        await File.WriteAllTextAsync(
            platform,
            """
            time,patient_ref,unit
            2026-04-01 09:00:08,patient-0,u-0
            2026-04-01 09:01:08,patient-1,u-1
            2026-04-01 09:02:08,patient-2,u-2
            2026-04-01 09:03:08,patient-3,u-3
            2026-04-01 09:05:08,patient-5,u-5
            2026-04-01 21:00:00,patient-9,u-9
            """
        );
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await File.WriteAllTextAsync(
            activity,
            """
            事案番号,日時,隊,備考
            i-0,2026-04-01 09:02,u-0,"搬送、済"
            i-1,2026-04-01 09:01,u-1,
            i-3,2026-04-01 09:05,u-3,
            i-4,2026-04-01 09:01,u-4,
            i-5,2026-04-01 09:06,u-5,
            """,
            Encoding.GetEncoding(932)
        );
        (int exit, string said, string errors) = await MatchAsync("--json");
        Assert.True(exit == 1, errors);
        Assert.Equal(
            [("g-4", "platform"), ("g-2", "activity"), ("", "audit activity")],
            Lines(said)
                .Select(l => JsonDocument.Parse(l).RootElement)
                .Select(j =>
                    (
                        j.TryGetProperty("audit", out JsonElement ours) ? ours.GetString()! : "",
                        string.Join(
                            ' ',
                            j.GetProperty("lacking").EnumerateArray().Select(w => w.GetString())
                        )
                    )
                )
        );
        Assert.Contains(
            "4 in all three logs, 3 lacking",
            (await MatchAsync()).Output,
            StringComparison.Ordinal
        );

        // Everything is there: 0.
        await File.AppendAllTextAsync(
            activity,
            "\ni-2,2026-04-01 09:02,u-2,\n",
            Encoding.GetEncoding(932)
        );
        await File.AppendAllTextAsync(platform, "\n2026-04-01 09:04:08,patient-4,u-4\n");
        Assert.Equal(0, (await MatchAsync("--to", "2026-04-01 20:00")).Exit);
        Assert.Equal(1, (await MatchAsync()).Exit);
    }

    [Theory]
    [InlineData("time,unit\n2026-04-01 09:00,u-1\nsoon,u-2\n", "platform.csv:3:")]
    [InlineData("time,unit\n2026-04-01 09:00\n", "platform.csv:2:")]
    [InlineData("unit\nu-1\n", "platform.csv:1:")]
    [InlineData("", "platform.csv:1:")]
    [InlineData("time,unit\n\"2026-04-01 09:00,u-1\n", "platform.csv:2:")]
    public async Task A_bad_row_is_named_by_file_and_line_and_nothing_else_is_said(
        string text,
        string where
    )
    {
        await ViewChain.WriteAsync(Data, 2);
        await File.WriteAllTextAsync(_directory.In("platform.csv"), text);
        await File.WriteAllTextAsync(_directory.In("activity.csv"), "time\n");
        (int exit, string said, string errors) = await MatchAsync();
        Assert.Equal((1, ""), (exit, said));
        Assert.Contains(where, errors, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(
            _directory.In("platform.csv"),
            [.. "time\n2026-04-01 09:00\n"u8, 0xff, 0xff]
        );
        (exit, said, errors) = await MatchAsync();
        Assert.Equal((1, ""), (exit, said));
        Assert.Contains("platform.csv:3:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_of_incidents_that_nobody_opened_are_questions()
    {
        await ViewChain.WriteAsync(Data, 5, n => n < 4);
        (int exit, string said, string errors) = await RunAsync("suspicions", "--json");
        Assert.True(exit == 0, errors);
        Assert.Equal(
            5,
            Lines(said).Count(l => l.Contains("without_order", StringComparison.Ordinal))
        );
        Assert.Contains(
            "指令のない閲覧",
            (await RunAsync("suspicions")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Heads_elsewhere_show_a_tail_that_was_cut_together_with_the_head_beside_it()
    {
        await ViewChain.WriteAsync(Data, 5);
        string elsewhere = _directory.In("elsewhere");
        Directory.CreateDirectory(elsewhere);
        await using (
            MinaProcess mina = MinaProcess.Serve(
                Data,
                "--audit-heads",
                _directory.In("no-such-place"),
                "--audit-heads",
                elsewhere
            )
        )
        {
            await mina.ReadyAsync();
            mina.Terminate();
            // A place that is not there is said, and stops nothing.
            (int ended, _, string errors) = await mina.EndAsync();
            Assert.Equal(0, ended);
            Assert.Contains("no-such-place", errors, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await RunAsync("verify", "--head-dir", elsewhere)).Exit);
        using (var db = new SqliteConnection($"Data Source={Data}/mina.db;Pooling=False"))
        {
            db.Open();
            using SqliteCommand cut = db.CreateCommand();
            cut.CommandText = "DELETE FROM audit WHERE sequence > 17";
            cut.ExecuteNonQuery();
        }

        File.Delete(Path.Combine(Data, "audit-head-midoritama.json"));
        Assert.Equal(0, (await RunAsync("verify")).Exit);
        (int exit, string said, _) = await RunAsync("verify", "--head-dir", elsewhere);
        Assert.Equal(1, exit);
        Assert.Contains("from row 18 on", said, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("verify", "--head-dir", _directory.In("nowhere"))).Exit);
        Directory.CreateDirectory(_directory.In("empty"));
        Assert.Equal(1, (await RunAsync("verify", "--head-dir", _directory.In("empty"))).Exit);
    }

    [Fact]
    public async Task The_notice_is_printed_by_the_server_numbered_and_in_the_chain()
    {
        await ViewChain.WriteAsync(Data, 3, n => n == 1);
        await using MinaProcess mina = MinaProcess.Serve(Data, "--demo-identities");
        string address = (await mina.GrpcAsync()).ToString();
        (int exit, string paper, string errors) = await NoticeAsync("g-1");
        Assert.True(exit == 0, errors);
        Assert.Contains("第1号", paper, StringComparison.Ordinal);
        Assert.Contains("2026-04-01 09:01", paper, StringComparison.Ordinal);
        Assert.Contains("Kinds of information", paper, StringComparison.Ordinal);
        Assert.Contains("情報管理責任者", paper, StringComparison.Ordinal);
        Assert.Contains("第2号", (await NoticeAsync("g-1")).Output, StringComparison.Ordinal);
        (exit, paper, errors) = await NoticeAsync("g-0");
        Assert.Equal((1, ""), (exit, paper));
        Assert.Contains("EMERGENCY_READ_NOT_FOUND", errors, StringComparison.Ordinal);
        Assert.Equal(
            2,
            Lines((await RunAsync("show", "--json", "--event", "notice.printed")).Output).Length
        );

        Task<(int Exit, string Output, string Errors)> NoticeAsync(string grant) =>
            MinaProcess.RunAsync("audit", "notice", "--grpc", address, "--grant", grant);
    }

    private Task<(int Exit, string Output, string Errors)> MatchAsync(params string[] more) =>
        RunAsync([
            "match",
            "--platform",
            _directory.In("platform.csv"),
            "--activity",
            _directory.In("activity.csv"),
            .. more,
        ]);

    private Task<(int Exit, string Output, string Errors)> RunAsync(params string[] words) =>
        MinaProcess.RunAsync(["audit", words[0], "--data", Data, .. words[1..]]);

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<(int Exit, string Output, string Errors)> PythonAsync(
        string program,
        string file
    )
    {
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", program, file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process python = Process.Start(start)!;
        Task<string> said = python.StandardOutput.ReadToEndAsync();
        string errors = await python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        return (python.ExitCode, await said, errors);
    }

    [GeneratedRegex(
        "```python\n(?<text>.*?)```",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex PythonText();
}
