using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MinaKyukyu.Forecasting.Runs;

/// <summary>What the columns of a run file mean, and when each of them is known. Read from JSON and checked (<see cref="RunSchemaFile"/>).</summary>
public sealed record RunSchema
{
    public required string Name { get; init; }

    /// <summary>IANA name; local times of the file are on this clock, and so are hours, weekdays and holidays.</summary>
    public required string TimeZone { get; init; }

    public required HolidayCalendar Calendar { get; init; }

    /// <summary>
    /// The day of the year is a feature, if the runs that are learned from span two years: of a single one nobody can tell its seasons
    /// from what changed in it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BySeason { get; init; }

    /// <summary>A run is estimated at this stage; what is known later is never a feature.</summary>
    public required DecisionStage Decision { get; init; }

    /// <summary>The column with the moment of the decision.</summary>
    public required string DecidedAt { get; init; }

    /// <summary>The column with the seconds from the decision until on scene; null: <see cref="ArrivedAt"/> says when.</summary>
    public string? ObservedSeconds { get; init; }

    /// <summary>The column with the moment on scene; null: <see cref="ObservedSeconds"/> says how long.</summary>
    public string? ArrivedAt { get; init; }

    /// <summary>Shorter runs are slips of a stamp, not runs.</summary>
    public required double LeastSeconds { get; init; }

    /// <summary>Longer runs are slips of a stamp, or waited for something that no drive explains.</summary>
    public required double MostSeconds { get; init; }

    public required ImmutableArray<RunColumn> Columns { get; init; }

    /// <summary>The column that names whose run it was; its effect is shrunk towards the pool. Null: all of one department.</summary>
    public string? Department { get; init; }

    /// <summary>The first of these groups says most. Their median is a baseline, and, without a router, what is expected of a run.</summary>
    public ImmutableArray<string> ExpectBy { get; init; } = [];

    /// <summary>Turnout is told by these groups and by day and night; never by person or crew.</summary>
    public ImmutableArray<string> TurnoutBy { get; init; } = [];

    /// <summary>Intervals are calibrated for each of these groups.</summary>
    public ImmutableArray<string> CalibrateBy { get; init; } = [];

    /// <summary>Evaluation reports each of these columns value by value.</summary>
    public ImmutableArray<string> ReportBy { get; init; } = [];

    /// <summary>Running averages of what ended recently.</summary>
    public ImmutableArray<LiveFeature> Live { get; init; } = [];

    /// <summary>
    /// The same runs as a department sees them that has none of its own yet: its towns and stations say nothing, only what ends there
    /// does.
    /// </summary>
    public bool IsForNewcomer { get; init; }

    /// <summary>What a feature or a group may be made of.</summary>
    public IEnumerable<RunColumn> Usable => Columns.Where(IsUsable);

    public bool IsUsable(RunColumn column) => IsKnown(column) && !(IsForNewcomer && column.IsLocal);

    /// <summary>Whether the value is there at the moment of the decision.</summary>
    public bool IsKnown(RunColumn column) =>
        column.Known switch
        {
            KnownWhen.Call => true,
            KnownWhen.Order => Decision == DecisionStage.Order,
            _ => false,
        };

    public RunColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The column that stands for a quantity that the code knows by itself; null: this file has none.</summary>
    public RunColumn? Find(RunMeaning meaning) =>
        Columns.FirstOrDefault(column => column.Meaning == meaning);

    /// <summary>Those of the named columns that may be used at the decision, in the order named.</summary>
    internal ImmutableArray<RunColumn> UsableOf(ImmutableArray<string> names) =>
        [.. names.Select(name => Find(name)!).Where(IsUsable)];

    public bool HasRouterTime => Find(RunMeaning.RouterSeconds) is { } column && IsUsable(column);
}

/// <summary>When an estimate is asked for.</summary>
public enum DecisionStage
{
    /// <summary>The call was taken; whether a unit is free is not known.</summary>
    Call = 1,

    /// <summary>A unit is about to be ordered.</summary>
    Order = 2,
}

/// <summary>When the value of a column is known.</summary>
public enum KnownWhen
{
    Call = 1,
    Order = 2,

    /// <summary>Only after the decision: never a feature.</summary>
    After = 3,
}

/// <summary>What a cell holds.</summary>
public enum RunColumnKind
{
    /// <summary>One of a set of words.</summary>
    Category = 1,
    Number = 2,

    /// <summary>A moment; its feature is the seconds from it until the decision.</summary>
    Moment = 3,

    /// <summary>A few numbers in an order, such as degrees of urgency, or 0 and 1: may also make groups.</summary>
    Level = 4,
}

/// <summary>A quantity that the code itself knows what to do with.</summary>
public enum RunMeaning
{
    None = 0,

    /// <summary>The road's time with lights and siren, in seconds.</summary>
    RouterSeconds = 1,
    StraightLineMeters = 2,

    /// <summary>Metres of the way on motorways and trunk roads.</summary>
    FastMeters = 3,

    /// <summary>Metres on primary, secondary and tertiary roads.</summary>
    MainMeters = 4,

    /// <summary>Metres on all other roads.</summary>
    LocalMeters = 5,

    /// <summary>When the unit was ordered: ends call processing.</summary>
    DispatchedAt = 6,

    /// <summary>When it rolled: ends turnout.</summary>
    RollingAt = 7,

    /// <summary>1 where the unit was at its station, 0 where it was under way.</summary>
    AtStation = 8,
}

/// <param name="IsLocal">Says something about one department only, such as the name of a town: unknown for a newcomer.</param>
public sealed record RunColumn(
    string Name,
    RunColumnKind Kind,
    KnownWhen Known,
    RunMeaning Meaning = RunMeaning.None,
    bool IsLocal = false
)
{
    internal bool HasWords => Kind is RunColumnKind.Category or RunColumnKind.Level;

    internal bool HasNumbers => Kind != RunColumnKind.Category;
}

/// <summary>An average over runs that had ended before the decision; older ones weigh less.</summary>
/// <param name="Of">A number column whose value is averaged; null: the residual, what was observed over what was expected.</param>
/// <param name="By">The column whose value must be the same; null: everywhere.</param>
/// <param name="Minutes">Age at which a run weighs 1/e.</param>
/// <param name="Shrink">Runs that the average of all time weighs as much as.</param>
public sealed record LiveFeature(string? Of, string? By, double Minutes, double Shrink)
{
    public string Name =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"live {Of ?? "residual"} {By ?? "everywhere"} {Minutes:0} min"
        );
}
