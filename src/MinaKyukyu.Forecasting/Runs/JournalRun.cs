using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Forecasting.Serving;

namespace MinaKyukyu.Forecasting.Runs;

/// <summary>One order of a department's own journal whose unit arrived: what was known at the decision, and what then happened.</summary>
/// <param name="RollingAt">Null where nobody told.</param>
public sealed record JournalRun(
    SceneConditions Scene,
    CandidateDrive Drive,
    DateTimeOffset DispatchedAt,
    DateTimeOffset? RollingAt,
    DateTimeOffset OnSceneAt
)
{
    public TimeSpan Observed => OnSceneAt - Scene.Now;

    /// <summary>The runs as a table, by the columns that advice knows; those that no model may learn from are counted.</summary>
    public static (RunTable Runs, RunReport Report) Table(
        RunSchema schema,
        string department,
        IEnumerable<JournalRun> runs
    )
    {
        var report = new RunReport();
        var rows = new RunTableBuilder(schema, report);
        foreach (JournalRun run in runs)
        {
            rows.Line++;
            rows.Add(
                run.Scene.Now.ToUnixTimeMilliseconds(),
                run.Observed.TotalSeconds,
                column => run.Quantity(column),
                column => ServedColumn.Word(column.Name, department, run.Scene, run.Drive)
            );
        }

        RunTable table = rows.Build();
        report.Used = table.Count;
        return (table, report);
    }

    private double Quantity(RunColumn column) =>
        column.Meaning switch
        {
            RunMeaning.DispatchedAt => (Scene.Now - DispatchedAt).TotalSeconds,
            RunMeaning.RollingAt => RollingAt is { } rolling
                ? (Scene.Now - rolling).TotalSeconds
                : double.NaN,
            _ => ServedColumn.Quantity(column.Name, Scene, Drive),
        };
}
