using System.Text;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Runs;

/// <summary>What other people's files hold: never a crash, never a wrong number, always the place.</summary>
public sealed class RunFilesTests : IDisposable
{
    private const string Header = "decided,seconds,station,rain,called,level\n";
    private const string Good = "2026-01-05T08:00:00,300,kita,1.5,2026-01-05T07:59:00,2\n";

    private static readonly RunSchema Schema = new()
    {
        Name = "small",
        TimeZone = "Asia/Tokyo",
        Calendar = HolidayCalendar.Japan,
        Decision = DecisionStage.Order,
        DecidedAt = "decided",
        ObservedSeconds = "seconds",
        LeastSeconds = 20,
        MostSeconds = 7_200,
        Columns =
        [
            new RunColumn("station", RunColumnKind.Category, KnownWhen.Order),
            new RunColumn("rain", RunColumnKind.Number, KnownWhen.Call),
            new RunColumn("called", RunColumnKind.Moment, KnownWhen.Call),
            new RunColumn("level", RunColumnKind.Level, KnownWhen.Call),
        ],
    };

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_others_are_left_alone()
    {
        (RunTable runs, RunReport report) = Read(
            "note,level,called,rain,station,seconds,decided\n"
                + "x,2,2026-01-05T07:59:00,1.5,kita,300,2026-01-05T08:00:00\n"
        );
        Assert.Equal((1, 1, 0), (runs.Count, report.Total, report.Excluded.Count));
        Assert.Equal(
            new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(9)),
            runs.DecidedAt(0)
        );
        Assert.Equal(300f, runs.ObservedSeconds[0]);
        Assert.Equal(60f, runs.Numbers(Schema.Columns[2])[0]);
        Assert.Equal("kita", runs.Categories(Schema.Columns[0]).Word(0));
        Assert.Equal(2f, runs.Numbers(Schema.Columns[3])[0]);
    }

    [Fact]
    public void All_columns_that_are_missing_are_named_at_once()
    {
        ForecastException refused = Refused("decided,rain,note\n" + "2026-01-05,1,x\n");
        Assert.Equal(1, refused.Line);
        foreach (string name in (string[])["seconds", "station", "called", "level"])
        {
            Assert.Contains(name, refused.Reason, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("rain", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_stands_twice_is_refused()
    {
        ForecastException refused = Refused(
            "decided,seconds,station,rain,called,level,rain\n" + Good.TrimEnd() + ",9\n"
        );
        Assert.Equal((1, "the column rain stands twice"), (refused.Line, refused.Reason));
    }

    [Theory]
    [InlineData("x,300,kita,1,,1", "decision_time_unreadable", "decided")]
    [InlineData(",300,kita,1,,1", "no_decision_time", "decided")]
    [InlineData("05/01/2026 08:00,300,kita,1,,1", "decision_time_unreadable", "decided")]
    [InlineData("0001-01-01T00:00:00,300,kita,1,,1", "decision_time_unreadable", "decided")]
    [InlineData("9999-12-31T23:59:59,300,kita,1,,1", "decision_time_unreadable", "decided")]
    [InlineData("2026-02-30T08:00:00,300,kita,1,,1", "decision_time_unreadable", "decided")]
    [InlineData("2026-01-05T08:00:00,,kita,1,,1", "no_arrival", "seconds")]
    [InlineData("2026-01-05T08:00:00,NaN,kita,1,,1", "no_arrival", "seconds")]
    [InlineData("2026-01-05T08:00:00,-1,kita,1,,1", "negative", "seconds")]
    [InlineData("2026-01-05T08:00:00,19.9,kita,1,,1", "too_short", "seconds")]
    [InlineData("2026-01-05T08:00:00,7200.1,kita,1,,1", "too_long", "seconds")]
    [InlineData("2026-01-05T08:00:00,soon,kita,1,,1", "arrival_unreadable", "seconds")]
    [InlineData("2026-01-05T08:00:00,1e400,kita,1,,1", "arrival_unreadable", "seconds")]
    [InlineData("2026-01-05T08:00:00,300,kita,wet,,1", "not_a_number:rain", "rain")]
    [InlineData("2026-01-05T08:00:00,300,kita,1e300,,1", "not_a_number:rain", "rain")]
    [InlineData("2026-01-05T08:00:00,300,kita,Infinity,,1", "not_a_number:rain", "rain")]
    [InlineData("2026-01-05T08:00:00,300,kita,1,noon,1", "not_a_number:called", "called")]
    [InlineData("2026-01-05T08:00:00,300,kita,1,0001-01-01,1", "not_a_number:called", "called")]
    [InlineData("2026-01-05T08:00:00,300,kita,1,,high", "not_a_number:level", "level")]
    public void A_row_that_cannot_be_learned_from_is_counted_with_its_first_place(
        string row,
        string reason,
        string column
    )
    {
        (RunTable runs, RunReport report) = Read(
            Header + Good + $"{row}\n" + Good + $"{row}\n" + Good
        );
        (string counted, Exclusion exclusion) = Assert.Single(report.Excluded);
        Assert.Equal(reason, counted);
        Assert.Equal(new Exclusion(2, _folder.In("runs.csv"), 3, column), exclusion);
        Assert.Equal((3, 3, 5), (runs.Count, report.Used, report.Total));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("nan")]
    [InlineData("NULL")]
    [InlineData("N/A")]
    public void An_unknown_value_may_be_written_in_several_ways(string unknown)
    {
        (RunTable runs, RunReport report) = Read(
            Header + $"2026-01-05T08:00:00,300,{unknown},{unknown},{unknown},{unknown}\n"
        );
        Assert.Empty(report.Excluded);
        Assert.Null(runs.Categories(Schema.Columns[0]).Word(0));
        Assert.Null(runs.Categories(Schema.Columns[3]).Word(0));
        Assert.True(float.IsNaN(runs.Numbers(Schema.Columns[1])[0]));
        Assert.True(float.IsNaN(runs.Numbers(Schema.Columns[2])[0]));
    }

    [Fact]
    public void A_cell_over_several_lines_counts_as_lines_where_a_row_is_named()
    {
        (_, RunReport report) = Read(
            Header
                + "2026-01-05T08:00:00,300,\"ki\nta\",1,,1\n"
                + Good
                + "2026-01-05T08:00:00,5,kita,1,,1\n"
        );
        Assert.Equal(5, report.Excluded["too_short"].FirstLine);
    }

    [Fact]
    public void Lines_of_Windows_and_a_mark_at_the_beginning_are_read_the_same()
    {
        string text = "\uFEFF" + (Header + Good + Good).Replace("\n", "\r\n");
        (RunTable runs, RunReport report) = Read(text);
        Assert.Equal((2, 0), (runs.Count, report.Excluded.Count));
    }

    [Fact]
    public void An_empty_file_is_refused_and_a_header_alone_holds_no_run()
    {
        Assert.Contains("empty", Refused("").Reason, StringComparison.Ordinal);
        (RunTable runs, RunReport report) = Read(Header);
        Assert.Equal((0, 0), (runs.Count, report.Total));
        (runs, _) = Read(Header.TrimEnd());
        Assert.Equal(0, runs.Count);
    }

    [Fact]
    public void From_no_run_or_one_nothing_is_learned_and_it_is_said_why()
    {
        using var signer = ModelSigner.Temporary();
        foreach (string rows in (string[])["", Good])
        {
            ForecastException refused = Assert.Throws<ForecastException>(() =>
                SmallModel.Train(_folder.In("model"), signer, Read(Header + rows).Runs)
            );
            Assert.Contains("too few", refused.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2026-01-05T08:00:00,300,kita,1\n")]
    [InlineData("2026-01-05T08:00:00,300,kita,1,,1,7,8\n")]
    [InlineData("2026-01-05T08:00:00,300,\"kita,1,,1\n2026-01-05T08:00:00,300,kita,1,,1\n")]
    [InlineData("2026-01-05T08:00:00,300,\"kita\"x,1,,1\n")]
    public void A_row_that_is_not_proper_CSV_is_refused_with_its_line(string row)
    {
        ForecastException refused = Refused(Header + Good + Good + row);
        Assert.Equal(4, refused.Line);
        Assert.StartsWith(
            $"{_folder.In("runs.csv")}:4: ",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("kita", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused()
    {
        byte[] head = Encoding.UTF8.GetBytes(Header + Good);
        // 北 as Shift JIS writes it.
        byte[] row = [.. "2026-01-05T08:00:00,300,"u8, 0x96, 0x6B, .. ",1,,1\n"u8];
        string file = _folder.Write("runs.csv", [.. head, .. row]);
        ForecastException refused = Assert.Throws<ForecastException>(() =>
            RunFiles.Read(Schema, [file])
        );
        Assert.Contains("not UTF-8", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_anywhere_is_refused()
    {
        byte[] whole = Folder.Gzip(
            Header
                + string.Concat(
                    Enumerable
                        .Range(0, 3_000)
                        .Select(i =>
                            $"2026-01-05T08:00:{i % 60:00},{300 + i},kita,{i * 7919 % 1000},,1\n"
                        )
                )
        );
        string file = _folder.Write("runs.csv.gz", whole);
        Assert.Equal(3_000, RunFiles.Read(Schema, [file]).Runs.Count);
        var chance = new Random(91);
        IEnumerable<int> lengths =
        [
            0,
            1,
            9,
            10,
            whole.Length / 2,
            whole.Length - 9,
            whole.Length - 8,
            whole.Length - 1,
            .. Enumerable.Range(0, 60).Select(_ => chance.Next(whole.Length)),
        ];
        foreach (int length in lengths)
        {
            File.WriteAllBytes(file, whole[..length]);
            Exception? refused = Record.Exception(() => RunFiles.Read(Schema, [file]));
            Assert.True(refused is ForecastException, $"{length} of {whole.Length}: {refused}");
        }

        for (int round = 0; round < 60; round++)
        {
            byte[] turned = [.. whole];
            turned[chance.Next(12, turned.Length)] ^= (byte)(1 << chance.Next(8));
            File.WriteAllBytes(file, turned);
            Exception? refused = Record.Exception(() => RunFiles.Read(Schema, [file]));
            Assert.True(refused is ForecastException, $"round {round}: {refused}");
        }
    }

    [Fact]
    public void Files_that_are_not_there_and_directories_are_refused_by_name()
    {
        foreach (
            string path in (string[])
                [_folder.In("nowhere.csv"), _folder.In(), _folder.In("no", "such.csv.gz")]
        )
        {
            ForecastException refused = Assert.Throws<ForecastException>(() =>
                RunFiles.Read(Schema, [path])
            );
            Assert.Equal(path, refused.File);
        }
    }

    [Fact]
    public void Several_files_are_one_table_in_the_order_of_time_and_each_place_names_its_file()
    {
        string second = _folder.Write(
            "b.csv",
            Header + "2026-01-04T08:00:00,300,nishi,1,,1\n2026-01-04T09:00:00,1,nishi,1,,1\n"
        );
        string first = _folder.Write("a.csv", Header + Good);
        (RunTable runs, RunReport report) = RunFiles.Read(Schema, [first, second]);
        CategoryColumn stations = runs.Categories(Schema.Columns[0]);
        Assert.Equal(["nishi", "kita"], Enumerable.Range(0, 2).Select(row => stations.Word(row)));
        Assert.Equal(
            (second, 3),
            (report.Excluded["too_short"].FirstFile, report.Excluded["too_short"].FirstLine)
        );
    }

    [Fact]
    public void A_row_that_is_larger_than_any_row_is_refused()
    {
        ForecastException refused = Refused(
            Header + Good + $"2026-01-05T08:00:00,300,{new string('k', 200_000)},1,,1\n"
        );
        Assert.True(refused.Line is 2 or 3, refused.Message);
    }

    [Fact]
    public void A_word_that_training_never_saw_changes_no_other_estimate()
    {
        StoredModel model = SmallModel.Of(RunTables.Of(DrawnRuns.Of(600, seed: 92)));
        var runs = DrawnRuns.Of(50, seed: 93, from: DrawnRuns.Start.AddDays(60));
        float Median(string station, int row) =>
            Evaluator
                .Run(
                    model.Learned,
                    model.Manifest.Window,
                    RunTables.Of(
                        runs.Select((run, i) => i == 49 ? run with { Station = station } : run)
                    ),
                    new EvaluationOptions()
                )
                .Said[row]
                .Median;
        Assert.Equal(Median("kita", 48), Median("never seen", 48));
        Assert.Equal(Median("another", 49), Median("never seen", 49));
        Assert.InRange(Median("never seen", 49), 20, 7_200);
    }

    private (RunTable Runs, RunReport Report) Read(string text) =>
        RunFiles.Read(Schema, [_folder.Write("runs.csv", text)]);

    private ForecastException Refused(string text)
    {
        string file = _folder.Write("runs.csv", text);
        Exception? refused = Record.Exception(() => RunFiles.Read(Schema, [file]));
        Assert.True(refused is ForecastException, refused?.ToString() ?? "read");
        return (ForecastException)refused!;
    }
}
