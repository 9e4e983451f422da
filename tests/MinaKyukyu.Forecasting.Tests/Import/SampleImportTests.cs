using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

/// <summary>The samples that the documents tell people to try.</summary>
public class SampleImportTests
{
    private static readonly string Samples = Path.Combine(
        AppContext.BaseDirectory,
        "samples",
        "import"
    );

    [Fact]
    public void The_invented_list_is_read_and_its_mistakes_are_counted()
    {
        using var folder = new ImportFolder();

        RunImportReport report = RunImport.Run(
            Path.Combine(Samples, "runs-map.csv"),
            [Path.Combine(Samples, "runs-sjis.csv")],
            folder.Output
        );

        Assert.Equal((40L, 35L), (report.Total, report.Used));
        Assert.Equal(RunListEncoding.ShiftJis, report.Inputs[0].Encoding);
        Assert.Equal(
            [
                (ExclusionReason.UnreadableMoment, "call_received_at", 2L, 16),
                (ExclusionReason.NotWanted, "", 1L, 11),
                (ExclusionReason.MissingMoment, "decided_at", 1L, 19),
                (ExclusionReason.OutOfOrder, "on_scene_at", 1L, 21),
            ],
            report.Excluded.Select(rows =>
                (rows.Reason, rows.Canonical, rows.Count, rows.First.Line)
            )
        );
        Assert.Equal(
            [("area", WithheldReason.House), ("urgency", WithheldReason.NotListed)],
            report.Withheld.Select(cells => (cells.Canonical, cells.Reason))
        );
        // Under the day of its call, its arrival is written 24:08.
        Assert.Contains(
            folder.Rows,
            row =>
                row.StartsWith("2025-0008,midoritama,2025-04-06T23:58:48", StringComparison.Ordinal)
                && row.Contains("2025-04-07T00:08:58.000+09:00", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_map_for_San_Francisco_reads_rows_of_its_public_table()
    {
        using var folder = new ImportFolder();
        // The header of the public table; both rows are invented.
        string list = folder.Write(
            "sf.csv",
            """
            Call Number,Unit ID,Incident Number,Call Type,Call Date,Watch Date,Received DtTm,Entry DtTm,Dispatch DtTm,Response DtTm,On Scene DtTm,Transport DtTm,Hospital DtTm,Call Final Disposition,Available DtTm,Address,City,Zipcode of Incident,Battalion,Station Area,Box,Original Priority,Priority,Final Priority,ALS Unit,Call Type Group,Number of Alarms,Unit Type,Unit sequence in call dispatch,Fire Prevention District,Supervisor District,Neighborhood  District,Location,RowID
            1,M1,2,Medical Incident,12/31/2016,12/31/2016,12/31/2016 11:57:56 PM,12/31/2016 11:59:31 PM,12/31/2016 11:59:42 PM,01/01/2017 12:01:47 AM,01/01/2017 12:04:18 AM,,,Code 2 Transport,01/01/2017 12:24:11 AM,0 Block of SOME ST,San Francisco,94127,B08,39,8644,3,3,3,true,Alarm,1,MEDIC,1,8,7,Somewhere,"(37.7, -122.4)",1-M1
            1,E1,2,Medical Incident,12/31/2016,12/31/2016,12/31/2016 11:57:56 PM,12/31/2016 11:59:31 PM,12/31/2016 11:59:42 PM,,,,,Code 2 Transport,01/01/2017 12:24:11 AM,0 Block of SOME ST,San Francisco,94127,B08,39,8644,3,3,3,true,Alarm,1,ENGINE,2,8,7,Somewhere,"(37.7, -122.4)",1-E1

            """
        );

        RunImportReport report = RunImport.Run(
            Path.Combine(Samples, "sffd-map.csv"),
            [list],
            folder.Output
        );

        Assert.Equal(
            [
                "1-M1,sffd,2016-12-31T23:59:42.000-08:00,2016-12-31T23:57:56.000-08:00,2016-12-31T23:59:42.000-08:00,"
                    + "2017-01-01T00:01:47.000-08:00,2017-01-01T00:04:18.000-08:00,,ambulance,,39,high,,,,,,,,,,",
            ],
            folder.Rows
        );
        Assert.Equal(ExclusionReason.NotWanted, Assert.Single(report.Excluded).Reason);
    }
}
