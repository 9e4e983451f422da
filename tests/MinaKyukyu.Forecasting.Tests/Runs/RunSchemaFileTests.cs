using System.Text;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Runs;

public sealed class RunSchemaFileTests
{
    private const string Whole = """
        {
          "name": "small",
          "timeZone": "Asia/Tokyo",
          "calendar": "Japan",
          "decision": "Order",
          "decidedAt": "decided",
          "observedSeconds": "seconds",
          "leastSeconds": 20,
          "mostSeconds": 7200,
          "columns": [
            { "name": "department", "kind": "Category", "known": "Call" },
            { "name": "station", "kind": "Category", "known": "Order" },
            { "name": "level", "kind": "Level", "known": "Call" },
            { "name": "router", "kind": "Number", "known": "Order", "meaning": "RouterSeconds" },
            { "name": "rolling", "kind": "Moment", "known": "After", "meaning": "RollingAt" }
          ],
          "department": "department",
          "expectBy": ["station"],
          "turnoutBy": ["level", "station"],
          "calibrateBy": ["department"],
          "reportBy": ["level"],
          "live": [{ "of": "router", "by": "station", "minutes": 30, "shrink": 3 }]
        }
        """;

    [Fact]
    public void A_schema_that_contradicts_nothing_is_read_and_written_the_same()
    {
        RunSchema schema = Parse(Whole);
        Assert.Equal(5, schema.Columns.Length);
        Assert.True(schema.HasRouterTime);
        byte[] written = RunSchemaFile.Write(schema);
        Assert.Equal(written, RunSchemaFile.Write(RunSchemaFile.Parse(written, "again")));
        Assert.Equal(
            RunSchemaFile.HashOf(schema),
            RunSchemaFile.HashOf(RunSchemaFile.Parse(written, "again"))
        );
    }

    [Fact]
    public void The_schemas_that_ship_are_read() =>
        Assert.All(
            (string[])["journal", "nyc-ems", "nyc-ems-at-call"],
            name => Assert.Equal(name, RunTables.Schema(name).Name)
        );

    [Fact]
    public void Lists_that_are_left_out_are_empty()
    {
        RunSchema schema = Parse(
            """
            { "name": "bare", "timeZone": "UTC", "calendar": "None", "decision": "Call", "decidedAt": "a",
              "arrivedAt": "b", "leastSeconds": 0, "mostSeconds": 60, "columns": [] }
            """
        );
        Assert.Empty(schema.ExpectBy);
        Assert.Empty(schema.Live);
        Assert.Empty(schema.Columns);
    }

    [Theory]
    [InlineData("\"observedSeconds\": \"seconds\",", "", "names the target")]
    [InlineData("\"leastSeconds\"", "\"arrivedAt\": \"b\", \"leastSeconds\"", "names the target")]
    [InlineData("\"leastSeconds\": 20", "\"leastSeconds\": -1", "must lie in order")]
    [InlineData("\"leastSeconds\": 20", "\"leastSeconds\": 7200", "must lie in order")]
    [InlineData("\"mostSeconds\": 7200", "\"mostSeconds\": 86401", "must lie in order")]
    [InlineData("Asia/Tokyo", "Asia/Nowhere", "time zone Asia/Nowhere")]
    [InlineData("\"timeZone\": \"Asia/Tokyo\"", "\"timeZone\": null", "is not a schema")]
    [InlineData("\"timeZone\": \"Asia/Tokyo\"", "\"timeZone\": \"\"", "time zone")]
    [InlineData("\"name\": \"small\"", "\"name\": null", "is not a schema")]
    [InlineData("\"name\": \"small\"", "\"name\": \"\"", "a name is missing")]
    [InlineData("\"decidedAt\": \"decided\"", "\"decidedAt\": \"\"", "a name is missing")]
    [InlineData("\"name\": \"station\", ", "", "")]
    [InlineData("\"expectBy\": [\"station\"]", "\"expectBy\": [null]", "a name is missing")]
    [InlineData("\"live\": [{", "\"live\": [null, {", "a name is missing")]
    [InlineData("\"columns\": [", "\"columns\": [null, ", "a name is missing")]
    [InlineData("\"calendar\": \"Japan\"", "\"calendar\": 7", "take the words")]
    [InlineData("\"calendar\": \"Japan\"", "\"calendar\": \"Mars\"", "is not a schema")]
    [InlineData("\"decision\": \"Order\"", "\"decision\": 0", "take the words")]
    [InlineData("\"kind\": \"Level\", ", "", "kind and known must be said")]
    [InlineData(", \"known\": \"Order\" }", " }", "kind and known must be said")]
    [InlineData("\"name\": \"level\"", "\"name\": \"station\"", "names a column twice")]
    [InlineData("RollingAt", "RouterSeconds", "gives one meaning to two columns")]
    [InlineData(
        "\"meaning\": \"RouterSeconds\"",
        "\"meaning\": \"DispatchedAt\"",
        "cannot hold it"
    )]
    [InlineData(
        "\"kind\": \"Number\", \"known\": \"Order\"",
        "\"kind\": \"Category\", \"known\": \"Order\"",
        "cannot hold it"
    )]
    [InlineData(
        "\"name\": \"level\", \"kind\"",
        "\"name\": \"seconds\", \"kind\"",
        "takes the target"
    )]
    [InlineData("\"expectBy\": [\"station\"]", "\"expectBy\": [\"area\"]", "speaks of area")]
    [InlineData(
        "\"calibrateBy\": [\"department\"]",
        "\"calibrateBy\": [\"area\"]",
        "speaks of area"
    )]
    [InlineData("\"reportBy\": [\"level\"]", "\"reportBy\": [\"area\"]", "speaks of area")]
    [InlineData("\"turnoutBy\": [\"level\"", "\"turnoutBy\": [\"area\"", "speaks of area")]
    [InlineData("\"department\": \"department\"", "\"department\": \"area\"", "speaks of area")]
    [InlineData("\"by\": \"station\"", "\"by\": \"area\"", "speaks of area")]
    [InlineData("\"of\": \"router\"", "\"of\": \"area\"", "speaks of area")]
    [InlineData(
        "\"expectBy\": [\"station\"]",
        "\"expectBy\": [\"router\"]",
        "categories and levels only"
    )]
    [InlineData("\"department\": \"department\"", "\"department\": \"router\"", "department takes")]
    [InlineData(
        "\"expectBy\": [\"station\"]",
        "\"expectBy\": [\"station\", \"level\", \"department\", \"station\", \"level\"]",
        "4 columns at most"
    )]
    [InlineData(
        "\"turnoutBy\": [\"level\", \"station\"]",
        "\"turnoutBy\": [\"level\", \"station\", \"department\", \"level\"]",
        "one fewer"
    )]
    [InlineData("\"minutes\": 30", "\"minutes\": 0", "live feature")]
    [InlineData("\"shrink\": 3", "\"shrink\": -1", "live feature")]
    [InlineData("\"by\": \"station\"", "\"by\": \"router\"", "live feature")]
    [InlineData("\"of\": \"router\"", "\"of\": \"station\"", "live feature")]
    [InlineData("\"name\": \"small\"", "\"name\": \"small\", \"colour\": 1", "is not a schema")]
    [InlineData("\"name\": \"level\"", "\"name\": \"crew_id\"", "nobody is scored")]
    [InlineData("\"name\": \"level\"", "\"name\": \"隊員番号\"", "nobody is scored")]
    public void A_schema_that_contradicts_itself_is_refused_and_it_is_said_how(
        string from,
        string to,
        string says
    )
    {
        Assert.Contains(from, Whole, StringComparison.Ordinal);
        int place = Whole.IndexOf(from, StringComparison.Ordinal);
        string broken = string.Concat(
            Whole.AsSpan(0, place),
            to,
            Whole.AsSpan(place + from.Length)
        );
        Exception? refused = Record.Exception(() => Parse(broken));
        Assert.True(refused is ForecastException, refused?.ToString() ?? "read");
        Assert.Contains(says, refused!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    public void What_is_no_schema_is_refused(string text) =>
        Assert.Throws<ForecastException>(() => Parse(text));

    [Fact]
    public void A_broken_text_is_refused_with_its_line() =>
        Assert.Equal(
            4,
            Assert
                .Throws<ForecastException>(() =>
                    Parse(Whole.Replace("\"Japan\"", "Japan", StringComparison.Ordinal))
                )
                .Line
        );

    [Fact]
    public void A_file_that_is_not_there_too_large_or_meant_for_a_newcomer_is_refused()
    {
        using var folder = new Folder();
        Assert.Throws<ForecastException>(() => RunSchemaFile.Read(folder.In("nowhere.json")));
        Assert.Throws<ForecastException>(() => RunSchemaFile.Read(folder.In()));
        Assert.Throws<ForecastException>(() =>
            RunSchemaFile.Read(folder.Write("large.json", Whole + new string(' ', 300_000)))
        );
        string newcomer = Whole.Replace(
            "\"name\": \"small\"",
            "\"name\": \"small\", \"isForNewcomer\": true",
            StringComparison.Ordinal
        );
        Assert.Throws<ForecastException>(() =>
            RunSchemaFile.Read(folder.Write("newcomer.json", newcomer))
        );
    }

    private static RunSchema Parse(string text) =>
        RunSchemaFile.Parse(Encoding.UTF8.GetBytes(text), "schema.json");
}
