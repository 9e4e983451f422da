using System.IO.Compression;
using System.Text;
using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

public class RunImportTests
{
    private const string Header = "番号,入電,指令,出動,現着,町,備考\n";
    private const string Good =
        "a1,2025/4/1 11:59,2025/4/1 12:00:00,2025/4/1 12:01,2025/4/1 12:06,錦町三丁目,\n";

    private const string GoodLine =
        "a1,,2025-04-01T12:00:00.000+09:00,2025-04-01T11:59:00.000+09:00,2025-04-01T12:00:00.000+09:00,"
        + "2025-04-01T12:01:00.000+09:00,2025-04-01T12:06:00.000+09:00,,,,錦町三丁目,,,,,,,,,,,";

    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(
        932
    )!;
    private static readonly Encoding EucJp = CodePagesEncodingProvider.Instance.GetEncoding(51932)!;

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-mark", "shift_jis", "utf-16"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Reads_lists_in_the_encoding_they_come_in(string encoding)
    {
        using var folder = new ImportFolder();
        Encoding written = encoding switch
        {
            "utf-8-mark" => new UTF8Encoding(true),
            "shift_jis" => ShiftJis,
            "utf-16" => Encoding.Unicode,
            _ => new UTF8Encoding(false),
        };
        string list = folder.Write(
            "list.csv",
            [.. written.GetPreamble(), .. written.GetBytes(Header + Good)]
        );

        RunImportReport report = RunImport.Run(
            folder.Write("map.csv", ImportFolder.Usual),
            [list],
            folder.Output
        );

        Assert.Equal([GoodLine], folder.Rows);
        Assert.Equal(
            encoding switch
            {
                "shift_jis" => RunListEncoding.ShiftJis,
                "utf-16" => RunListEncoding.Utf16,
                _ => RunListEncoding.Utf8,
            },
            report.Inputs[0].Encoding
        );
    }

    [Fact]
    public void An_encoding_that_is_named_is_used_and_a_wrong_one_refused()
    {
        using var folder = new ImportFolder();
        string map = folder.Write("map.csv", ImportFolder.Usual);
        string list = folder.Write("list.csv", Header + Good, EucJp);

        RunImport.Run(map, [list], folder.Output, RunListEncoding.EucJp);
        Assert.Equal([GoodLine], folder.Rows);

        File.Delete(folder.Output);
        Assert.Throws<RunImportException>(() =>
            RunImport.Run(map, [list], folder.Output, RunListEncoding.Utf8)
        );
        Assert.False(File.Exists(folder.Output));
    }

    [Fact]
    public void Bytes_that_are_no_letters_are_refused_with_file_and_line()
    {
        using var folder = new ImportFolder();
        byte[] list = [.. ShiftJis.GetBytes(Header + Good), 0x85, 0x20, 0xFF, (byte)'\n'];

        RunImportException refused = Assert.Throws<RunImportException>(() =>
            RunImport.Run(
                folder.Write("map.csv", ImportFolder.Usual),
                [folder.Write("list.csv", list)],
                folder.Output
            )
        );

        Assert.Equal("the bytes are damaged or not ShiftJis", refused.Reason);
        Assert.Equal(3, refused.Line);
        Assert.False(File.Exists(folder.Output));
    }

    [Fact]
    public void Reads_tabs_quotes_line_ends_of_every_kind_and_compressed_lists()
    {
        using var folder = new ImportFolder();
        string map = folder.Write("map.csv", ImportFolder.Usual);
        string tabs = (Header + Good)
            .Replace(',', '\t')
            .Replace("\n", "\r\n", StringComparison.Ordinal);
        string quoted =
            Header
            + "\"a1\",\"2025/4/1 11:59\",2025/4/1 12:00:00,2025/4/1 12:01,2025/4/1 12:06,\"錦町三丁目\",\"一行目,\n\"\"二行目\"\"\"\n"
            + "a2,,平成32年4月1日 12:00,,,,\n";
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(Header + Good));
        }

        foreach (
            string list in new[]
            {
                folder.Write("tabs.txt", tabs),
                folder.Write("quoted.csv", quoted),
                folder.Write("packed.csv.gz", packed.ToArray()),
            }
        )
        {
            RunImportReport report = RunImport.Run(map, [list], folder.Output);

            Assert.Equal([GoodLine], folder.Rows);
            // The row after one with a line end in a cell is on line 4.
            Assert.All(report.Excluded, rows => Assert.Equal(4, rows.First.Line));
        }
    }

    [Theory]
    [InlineData(
        "a2,,2025/4/1 12:00,2025/4/1 11:59,,,",
        ExclusionReason.OutOfOrder,
        "rolling_at",
        "出動"
    )]
    [InlineData(
        "a2,2025/4/1 12:01,2025/4/1 12:00,,,,",
        ExclusionReason.OutOfOrder,
        "decided_at",
        "指令"
    )]
    [InlineData(
        "a2,,2025/4/1 12:00,2025/4/1 12:06,2025/4/1 12:05,,",
        ExclusionReason.OutOfOrder,
        "on_scene_at",
        "現着"
    )]
    [InlineData(
        "a2,,2025/4/1 12:00,,2025/4/1 11:05,,",
        ExclusionReason.OutOfOrder,
        "on_scene_at",
        "現着"
    )]
    [InlineData(
        "a2,,2025/4/1 12:00,2025/4/1 18:00:01,,,",
        ExclusionReason.TooLong,
        "rolling_at",
        "出動"
    )]
    [InlineData(
        "a2,2025/3/31 12:00,2025/4/1 12:00,,,,",
        ExclusionReason.TooLong,
        "decided_at",
        "指令"
    )]
    [InlineData("a2,,,2025/4/1 12:01,,,", ExclusionReason.MissingMoment, "decided_at", "指令")]
    [InlineData(
        "a2,,2025/4/1 12:00,平成32年1月1日 12:01,,,",
        ExclusionReason.UnreadableMoment,
        "rolling_at",
        "出動"
    )]
    [InlineData("a2,,25/4/1 12:00,,,,", ExclusionReason.UnreadableMoment, "dispatched_at", "指令")]
    [InlineData("a2,,2025/4/1 12:00,,,錦町,,余分", ExclusionReason.WrongNumberOfCells, "", "")]
    [InlineData("a2,,2025/4/1 12:00", ExclusionReason.WrongNumberOfCells, "", "")]
    [InlineData(", ,,　,,,", ExclusionReason.EmptyRow, "", "")]
    [InlineData(
        "a1,2025/4/1 11:59,2025/4/1 12:00:00,2025/4/1 12:01,2025/4/1 12:06,錦町三丁目,同じ",
        ExclusionReason.Duplicate,
        "",
        ""
    )]
    public void Excludes_a_row_with_its_reason_and_its_place(
        string row,
        ExclusionReason reason,
        string canonical,
        string source
    )
    {
        using var folder = new ImportFolder();

        RunImportReport report = folder.Import(ImportFolder.Usual, Header + Good + row + "\n");

        ExcludedRows excluded = Assert.Single(report.Excluded);
        Assert.Equal(
            (reason, canonical, 1L),
            (excluded.Reason, excluded.Canonical, excluded.Count)
        );
        Assert.Equal((3, source), (excluded.First.Line, excluded.First.Column));
        Assert.EndsWith("list.csv", excluded.First.File, StringComparison.Ordinal);
        Assert.Equal((2L, 1L), (report.Total, report.Used));
        Assert.Equal([GoodLine], folder.Rows);
    }

    [Fact]
    public void Stamps_of_whole_minutes_may_be_equal_and_six_hours_are_believed()
    {
        using var folder = new ImportFolder();

        RunImportReport report = folder.Import(
            ImportFolder.Usual,
            Header
                + "a1,2025/4/1 12:00,2025/4/1 12:00,2025/4/1 12:00,2025/4/1 12:00,,\n"
                + "a2,,2025/4/1 12:00,,2025/4/1 18:00,,\n"
        );

        Assert.Equal(2, report.Used);
    }

    [Fact]
    public void Missing_stamps_are_counted_and_left_empty()
    {
        using var folder = new ImportFolder();

        RunImportReport report = folder.Import(
            ImportFolder.Usual,
            Header + Good + "a2,,2025/4/1 13:00,,2025/4/1 13:06,,\n"
        );

        Assert.Equal(
            [
                ("call_received_at", 1),
                ("decided_at", 0),
                ("dispatched_at", 0),
                ("rolling_at", 1),
                ("on_scene_at", 0),
            ],
            report.MissingStamps.Select(stamp => (stamp.Key, stamp.Value))
        );
        Assert.Equal(
            "a2,,2025-04-01T13:00:00.000+09:00,,2025-04-01T13:00:00.000+09:00,,2025-04-01T13:06:00.000+09:00,,,,,,,,,,,,,,,",
            folder.Rows[1]
        );
    }

    [Theory]
    [InlineData("-")]
    [InlineData("－")]
    [InlineData("―")]
    [InlineData("--:--")]
    [InlineData("ー")]
    public void Strokes_stand_for_nothing(string strokes)
    {
        using var folder = new ImportFolder();

        folder.Import(
            ImportFolder.Usual,
            Header + $"a1,,2025/4/1 12:00,{strokes},{strokes},{strokes},\n"
        );

        Assert.Equal(
            ["a1,,2025-04-01T12:00:00.000+09:00,,2025-04-01T12:00:00.000+09:00,,,,,,,,,,,,,,,,,"],
            folder.Rows
        );
    }

    [Theory]
    [InlineData("123456789012")]
    [InlineData("1234 5678 9012")]
    [InlineData("１２３４－５６７８－９０１２")]
    [InlineData("錦町123456789012")]
    public void A_number_of_twelve_digits_goes_nowhere(string number)
    {
        using var folder = new ImportFolder();

        RunImportReport report = folder.Import(
            ImportFolder.Usual,
            Header + $"{number},,2025/4/1 12:00,,,{number},{number}\n"
        );

        Assert.Equal(
            [
                "row-1,,2025-04-01T12:00:00.000+09:00,,2025-04-01T12:00:00.000+09:00,,,,,,,,,,,,,,,,,",
            ],
            folder.Rows
        );
        Assert.Equal(
            [
                ("area", WithheldReason.TwelveDigits, 1L),
                ("run_id", WithheldReason.TwelveDigits, 1L),
            ],
            report.Withheld.Select(cells => (cells.Canonical, cells.Reason, cells.Count))
        );
    }

    [Fact]
    public void A_house_and_a_story_are_left_empty_and_a_column_without_a_rule_goes_nowhere()
    {
        using var folder = new ImportFolder();

        RunImportReport report = folder.Import(
            ImportFolder.Usual,
            Header
                + "a1,,2025/4/1 12:00,,,錦町3-2-26,秘密\n"
                + $"a2,,2025/4/1 12:00,,,{new string('あ', 65)},秘密\n"
                + "a3,,2025/4/1 12:00,,,\"錦町\n三丁目\",秘密\n"
        );

        Assert.Equal(
            [(WithheldReason.House, 1L), (WithheldReason.FreeText, 2L)],
            report.Withheld.Select(cells => (cells.Reason, cells.Count))
        );
        Assert.DoesNotContain("秘密", folder.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("錦町", folder.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void No_refusal_and_no_report_quotes_a_cell()
    {
        using var folder = new ImportFolder();
        string report = folder
            .Import(
                ImportFolder.Usual,
                Header + Good + "秘密,秘密,秘密,,,,秘密\n秘密,,2025/4/1 12:00,秘密,,,\n"
            )
            .ToString();
        string refusal = folder.Refusal(ImportFolder.Usual, Header + "\"秘密\"秘密,,,,,,\n");

        Assert.DoesNotContain("秘密", report + refusal, StringComparison.Ordinal);
        Assert.StartsWith(
            "list.csv:2: the row is not proper CSV",
            refusal,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Numbers_flags_and_names_come_by_the_map_in_the_units_of_the_run_file()
    {
        using var folder = new ImportFolder();
        const string map = """
            canonical,source,format,note
            dispatched_at,日+時,date+time,
            decided_at,予告,time-after:dispatched_at,
            decided_at,,from:dispatched_at,
            department,,const:test,
            station,署,category:北署=kita,
            vehicle_kind,,const:ambulance,
            at_station,区分,flag:署所=1|出先=0,
            urgency,緊急度,category,
            router_seconds,分,minutes,
            straight_line_m,直線,km,
            main_m,幹線,meters,
            units_free,残,number,
            precipitation_mm_h,雨,number,
            position_age_seconds,齢,seconds,
            """;

        RunImportReport report = folder.Import(
            map,
            """
            日,時,予告,署,区分,緊急度,分,直線,幹線,残,雨,齢
            R7.4.1,２４時１０分,,北署,署所,赤,5.5,1.25,"1,200",7,0.5,
            R7.4.1,1205,,南署,出先,,,,,,,12
            R7.4.1,1206,,北署,不明,,,,,,,
            R7.4.1,1207,,北署,,,-1,,,,,
            R7.4.1,1208,,北署,,,,,,1.5,,
            R7.4.1,1209,,北署,,,,,900000,,,
            R7.4.1,1210,,北署,,,5分,,,,,

            """
        );

        Assert.Equal(
            [
                "row-2,test,2025-04-01T12:05:00.000+09:00,,2025-04-01T12:05:00.000+09:00,,,,ambulance,0,,,,,,,,12,,,,",
                "row-1,test,2025-04-02T00:10:00.000+09:00,,2025-04-02T00:10:00.000+09:00,,,kita,ambulance,1,,赤,330,1250,,1200,,,,7,,0.5",
            ],
            folder.Rows
        );
        Assert.Equal(
            [
                (ExclusionReason.UnreadableFlag, "at_station", 1L),
                (ExclusionReason.UnreadableNumber, "router_seconds", 1L),
                (ExclusionReason.UnreadableNumber, "units_free", 1L),
                (ExclusionReason.NumberOutOfRange, "main_m", 1L),
                (ExclusionReason.NumberOutOfRange, "router_seconds", 1L),
            ],
            report
                .Excluded.OrderBy(rows => rows.Reason == ExclusionReason.UnreadableFlag ? 0 : 1)
                .Select(rows => (rows.Reason, rows.Canonical, rows.Count))
        );
        Assert.Equal(WithheldReason.NotListed, Assert.Single(report.Withheld).Reason);
    }

    [Fact]
    public void Only_rows_that_the_map_asks_for_are_used()
    {
        using var folder = new ImportFolder();

        RunImportReport report = folder.Import(
            ImportFolder.Usual
                + "only,備考,category:救急=1|PA=1,\nonly,町,category:錦町三丁目=1,\n",
            Header
                + "a1,,2025/4/1 12:00,,,錦町三丁目,救急\n"
                + "a2,,2025/4/1 12:00,,,錦町三丁目,火災\n"
                + "a3,,2025/4/1 12:00,,,錦町二丁目,PA\n"
        );

        ExcludedRows excluded = Assert.Single(report.Excluded);
        Assert.Equal((ExclusionReason.NotWanted, 2L), (excluded.Reason, excluded.Count));
        Assert.Equal((3, "備考"), (excluded.First.Line, excluded.First.Column));
    }

    [Fact]
    public void Several_lists_become_one_file_in_the_order_of_decisions()
    {
        using var folder = new ImportFolder();
        string map = folder.Write("map.csv", ImportFolder.Usual);
        string later = folder.Write("later.csv", Header + "b,,2025/4/2 12:00,,,,\n" + Good);
        string earlier = folder.Write("earlier.csv", Header + Good + "c,,2025/3/1 12:00,,,,\n");

        RunImportReport report = RunImport.Run(map, [later, earlier], folder.Output);

        Assert.Equal(["c", "a1", "b"], folder.Rows.Select(row => row.Split(',')[0]));
        Assert.Equal([2L, 2L], report.Inputs.Select(input => input.Rows));
        Assert.Equal(ExclusionReason.Duplicate, Assert.Single(report.Excluded).Reason);
    }

    [Fact]
    public void What_stood_there_before_is_untouched_when_an_import_is_refused_or_has_nothing()
    {
        using var folder = new ImportFolder();
        File.WriteAllText(folder.Output, "before");

        folder.Refusal(ImportFolder.Usual, Header + Good + "\"unclosed");
        Assert.Equal("before", folder.OutputText);

        RunImportReport report = folder.Import(ImportFolder.Usual, Header);
        Assert.Equal((0L, 0L), (report.Total, report.Used));
        Assert.Equal("before", folder.OutputText);
        Assert.Equal(["list.csv", "map.csv", "out.csv"], folder.Files);
    }

    [Fact]
    public void Intervals_are_the_smallest_values_that_so_many_of_all_are_not_above()
    {
        using var folder = new ImportFolder();
        var list = new StringBuilder(Header);
        for (int i = 1; i <= 10; i++)
        {
            list.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"a{i},,2025/4/{i} 12:00:00,2025/4/{i} 12:00:{i:00},,,\n"
            );
        }

        RunImportReport report = folder.Import(ImportFolder.Usual, list.ToString());

        Assert.Equal(
            new IntervalFigures("dispatched_at", "rolling_at", 10, 1, 5, 9),
            report.Intervals[1]
        );
        Assert.Equal(0, report.Intervals[0].Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_stands_in_a_list_every_row_is_used_or_excluded(int seed)
    {
        string[] cells =
        [
            "",
            "2025/4/1 12:00",
            "R7.4.1 24:10",
            "平成32年1月1日 1:00",
            "12:00",
            "a",
            "1234 5678 9012",
            "\"x\ny\"",
            "99999999999999",
            "２０２５年４月１日１２時３分",
            "0001/1/1 0:00",
            "9999-12-31T23:59:59-14:00",
            "2025-04-01T12:04:00+14:00",
            "令和",
            "-",
            "R999999",
        ];
        var chance = new Random(seed);
        var list = new StringBuilder(Header + Good);
        for (int row = 0; row < 2_000; row++)
        {
            int width = chance.Next(10) == 0 ? chance.Next(1, 10) : 7;
            list.AppendJoin(
                    ',',
                    Enumerable
                        .Range(0, width)
                        .Select(_ => chance.Next(2) == 0 ? "" : cells[chance.Next(cells.Length)])
                )
                .Append('\n');
        }

        using var folder = new ImportFolder();
        RunImportReport report = folder.Import(ImportFolder.Usual, list.ToString());

        Assert.Equal(report.Total, report.Used + report.Excluded.Sum(rows => rows.Count));
        Assert.Equal(report.Used, folder.Rows.Length);
        Assert.True(report.Used > 1);
        Assert.DoesNotContain("5678", folder.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_bytes_are_read_or_refused_and_nothing_else(int seed)
    {
        var chance = new Random(seed);
        using var folder = new ImportFolder();
        string map = folder.Write("map.csv", ImportFolder.Usual);
        byte[] good = ShiftJis.GetBytes(Header + Good + Good);
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = [.. good];
            for (int hit = chance.Next(1, 6); hit > 0; hit--)
            {
                bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
            }

            try
            {
                RunImportReport report = RunImport.Run(
                    map,
                    [folder.Write("list.csv", bytes)],
                    folder.Output
                );
                Assert.Equal(report.Total, report.Used + report.Excluded.Sum(rows => rows.Count));
            }
            catch (RunImportException refused)
            {
                Assert.NotEmpty(refused.Reason);
            }
        }
    }
}
