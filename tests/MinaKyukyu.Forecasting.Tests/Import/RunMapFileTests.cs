using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

public class RunMapFileTests
{
    private const string List = "番号,入電,指令,出動,現着,町\n1,,2025/4/1 12:00,,,\n";
    private const string Header = "canonical,source,format,note\n";
    private const string Needed = "dispatched_at,指令,datetime,\ndecided_at,,from:dispatched_at,\n";

    [Theory]
    [InlineData(
        "arrived_at,現着,datetime,",
        "map.csv:2: canonical: there is no canonical column 'arrived_at'"
    )]
    [InlineData("rolling_at,発車,datetime,", "map.csv:2: source: list.csv has no column '発車'")]
    [InlineData("rolling_at,,datetime,", "map.csv:2: source: the source column is not named")]
    [InlineData(
        "rolling_at,出動,date+time,",
        "map.csv:2: source: this format takes two source columns joined by +"
    )]
    [InlineData(
        "rolling_at,出動,from:dispatched_at,",
        "map.csv:2: source: this format takes no source column"
    )]
    [InlineData(
        "rolling_at,出動,from:station,",
        "map.csv:2: format: 'station' is no canonical moment"
    )]
    [InlineData(
        "rolling_at,出動,time-after:on_scene_at,",
        "map.csv:2: format: no row fills 'on_scene_at'"
    )]
    [InlineData("rolling_at,,from:rolling_at,", "map.csv:2: format: 'rolling_at' waits for itself")]
    [InlineData(
        "rolling_at,出動,datetime:yy/MM/dd HH:mm,",
        "map.csv:2: format: 'yy/MM/dd HH:mm' does not tell year (yyyy), day, hour and minute"
    )]
    [InlineData(
        "rolling_at,出動,datetime:yyyy/MM/dd hh:mm,",
        "map.csv:2: format: 'yyyy/MM/dd hh:mm' does not tell year (yyyy), day, hour and minute"
    )]
    [InlineData(
        "rolling_at,出動,datetime:yyyy/MM/dd,",
        "map.csv:2: format: 'yyyy/MM/dd' does not tell year (yyyy), day, hour and minute"
    )]
    [InlineData("at_station,町,flag:署所=2,", "map.csv:2: format: a flag is 1 or 0")]
    [InlineData(
        "area,町,category:錦町,",
        "map.csv:2: format: '錦町' is no source=canonical, or stands there twice"
    )]
    [InlineData(
        "area,町,category:a=b|a=c,",
        "map.csv:2: format: 'a=c' is no source=canonical, or stands there twice"
    )]
    [InlineData("area,,const:1234 5678 9012,", "map.csv:2: format: a value is none of this column")]
    [InlineData(
        "area,町,category:錦町=1234-5678-9012,",
        "map.csv:2: format: a value is none of this column"
    )]
    [InlineData("fast_m,,const:-1,", "map.csv:2: format: a value is none of this column")]
    [InlineData("only,町,category,", "map.csv:2: format: 'only' takes category:SOURCE=1|…")]
    [InlineData(
        "timezone,,const:Asia/Tokio,",
        "map.csv:2: timezone: there is no time zone 'Asia/Tokio'"
    )]
    public void Refuses_a_map_with_file_line_and_column_and_writes_nothing(
        string row,
        string refusal
    )
    {
        using var folder = new ImportFolder();

        Assert.Equal(refusal, folder.Refusal($"{Header}{row}\n{Needed}", List));
        Assert.Equal(["list.csv", "map.csv"], folder.Files);
    }

    [Theory]
    [InlineData(
        "rolling_at,出動,when,",
        "'when' is no format for a column of this kind (datetime,"
    )]
    [InlineData("router_seconds,番号,km,", "'km' is no format for a column of this kind (seconds,")]
    [InlineData(
        "fast_m,番号,seconds,",
        "'seconds' is no format for a column of this kind (meters,"
    )]
    [InlineData(
        "units_free,番号,category,",
        "'category' is no format for a column of this kind (number,"
    )]
    [InlineData(
        "at_station,番号,number,",
        "'number' is no format for a column of this kind (flag,"
    )]
    [InlineData("area,町,,", "'' is no format for a column of this kind (category,")]
    [InlineData(
        "rolling_at,,const:2025/4/1 12:00,",
        "is no format for a column of this kind (datetime,"
    )]
    public void A_wrong_format_names_those_that_there_are(string row, string refusal)
    {
        using var folder = new ImportFolder();

        Assert.Contains(
            refusal,
            folder.Refusal($"{Header}{row}\n{Needed}", List),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("canonical,source,note\n", "map.csv:1: format: there is no such column")]
    [InlineData(
        "canonical,source,format,format\n",
        "map.csv:1: format: the column stands there twice"
    )]
    [InlineData("", "map.csv:1: the file is empty")]
    [InlineData(
        Header + "dispatched_at,指令,datetime,\n",
        "map.csv: canonical: no row fills 'decided_at' (from:COLUMN takes it from another moment)"
    )]
    [InlineData(
        Header + "decided_at,指令,datetime,\n",
        "map.csv: canonical: no row fills 'dispatched_at' (from:COLUMN takes it from another moment)"
    )]
    public void Refuses_a_map_that_is_not_whole(string map, string refusal)
    {
        using var folder = new ImportFolder();

        Assert.Equal(refusal, folder.Refusal(map, List));
    }

    [Fact]
    public void Refuses_a_source_column_that_stands_in_the_list_twice()
    {
        using var folder = new ImportFolder();

        Assert.Equal(
            "map.csv:2: source: list.csv has the column '指令' twice",
            folder.Refusal(Header + Needed, "指令,指令\n2025/4/1 12:00,\n")
        );
    }

    [Fact]
    public void Two_moments_may_not_wait_for_each_other()
    {
        using var folder = new ImportFolder();

        Assert.Equal(
            "map.csv:2: format: 'dispatched_at' waits for itself",
            folder.Refusal(
                Header
                    + "dispatched_at,指令,time-after:decided_at,\ndecided_at,,from:dispatched_at,\n",
                List
            )
        );
    }

    [Fact]
    public void A_list_that_is_not_there_is_named()
    {
        using var folder = new ImportFolder();
        string map = folder.Write("map.csv", Header + Needed);

        RunImportException refused = Assert.Throws<RunImportException>(() =>
            RunImport.Run(map, ["none.csv"], folder.Output)
        );

        Assert.Equal("none.csv", refused.File);
        Assert.Equal(0, refused.Line);
    }

    [Fact]
    public void The_run_file_never_takes_the_place_of_what_it_is_made_from()
    {
        using var folder = new ImportFolder();
        string map = folder.Write("map.csv", Header + Needed);
        string list = folder.Write("list.csv", List);

        foreach (string output in new[] { map, list })
        {
            Assert.Throws<RunImportException>(() => RunImport.Run(map, [list], output));
        }

        Assert.Equal(List, File.ReadAllText(list));
    }
}
