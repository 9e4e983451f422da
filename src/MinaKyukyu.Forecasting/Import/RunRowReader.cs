using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>Makes a run of the row in hand, or says why not. One for each row: it remembers what it read.</summary>
/// <param name="rowNumber">Of the row over all lists, from 1; its name where the list gives none.</param>
internal sealed class RunRowReader(RunMap map, RunListRow row, long rowNumber)
{
    private readonly List<(WithheldReason, string, RunListPlace)> _withheld = [];
    private readonly Dictionary<string, DateTimeOffset?> _moments = new(StringComparer.Ordinal);
    private RowFault? _trouble;
    private MapRule? _at;

    /// <summary>Why there is no run, and where; null where there is one.</summary>
    public (RowFault Why, RunListPlace Where)? Refusal =>
        _trouble is { } why ? (why, row.Place(_at ?? RuleOf(why.Canonical))) : null;

    /// <summary>The run's own id was taken from the list.</summary>
    public bool HasOwnId { get; private set; }

    /// <summary>Cells that are empty in the run although the list has something there.</summary>
    public IEnumerable<(WithheldReason Reason, string Canonical, RunListPlace Where)> Withheld =>
        _withheld;

    /// <summary>Null where <see cref="Refusal"/> says why.</summary>
    public CanonicalRun? Read()
    {
        MapRule? unwanted = map.Only.FirstOrDefault(rule =>
            !((CategoryFormat)rule.Format).Listed!.ContainsKey(row.Cell(rule))
        );
        if (unwanted is not null)
        {
            Refuse(ExclusionReason.NotWanted, "", unwanted);
            return null;
        }

        CanonicalRun? run = Build();
        _trouble ??= run is null ? null : RunMoments.FindTrouble(run);
        return _trouble is null ? run : null;
    }

    private CanonicalRun? Build()
    {
        string id = Text(CanonicalColumn.RunId);
        HasOwnId = id.Length > 0;
        DateTimeOffset? decided = Moment(CanonicalColumn.DecidedAt);
        DateTimeOffset? dispatched = Moment(CanonicalColumn.DispatchedAt);
        if (_trouble is null && (decided is null || dispatched is null))
        {
            _trouble = new RowFault(
                ExclusionReason.MissingMoment,
                decided is null ? CanonicalColumn.DecidedAt : CanonicalColumn.DispatchedAt
            );
        }

        return _trouble is not null
            ? null
            : new CanonicalRun
            {
                RunId = HasOwnId ? id : $"row-{rowNumber}",
                Department = Text("department"),
                DecidedAt = decided!.Value,
                CallReceivedAt = Moment(CanonicalColumn.CallReceivedAt),
                DispatchedAt = dispatched!.Value,
                RollingAt = Moment(CanonicalColumn.RollingAt),
                OnSceneAt = Moment(CanonicalColumn.OnSceneAt),
                Station = Text("station"),
                VehicleKind = Text("vehicle_kind"),
                IsAtStation = Flag("at_station"),
                Area = Text(CanonicalColumn.Area),
                Urgency = Text("urgency"),
                RouterSeconds = Number("router_seconds"),
                StraightLineMeters = Number("straight_line_m"),
                FastMeters = Number("fast_m"),
                MainMeters = Number("main_m"),
                LocalMeters = Number("local_m"),
                PositionAgeSeconds = Number("position_age_seconds"),
                PlaceUncertaintyMeters = Number("place_uncertainty_m"),
                UnitsFree = Count("units_free"),
                IncidentsWaiting = Count("incidents_waiting"),
                PrecipitationMmPerHour = Number("precipitation_mm_h"),
            };
    }

    /// <summary>The first rule for a column that looks into a list.</summary>
    private MapRule? RuleOf(string canonical) =>
        map.Rules[canonical].FirstOrDefault() switch
        {
            { Format: SameAsFormat same } => RuleOf(same.Column),
            var rule => rule,
        };

    private void Refuse(ExclusionReason reason, string canonical, MapRule rule)
    {
        if (_trouble is null)
        {
            _trouble = new RowFault(reason, canonical);
            _at = rule;
        }
    }

    private DateTimeOffset? Moment(string canonical)
    {
        if (_moments.TryGetValue(canonical, out DateTimeOffset? known))
        {
            return known;
        }

        DateTimeOffset? moment = null;
        foreach (MapRule rule in map.Rules[canonical])
        {
            moment ??= MomentBy(rule);
        }

        _moments.Add(canonical, moment);
        return moment;
    }

    private DateTimeOffset? MomentBy(MapRule rule)
    {
        if (rule.Format is SameAsFormat same)
        {
            return Moment(same.Column);
        }

        if (rule.Sources.Select((_, which) => row.Cell(rule, which)).All(cell => cell.Length == 0))
        {
            return null;
        }

        ReadMoment read = rule.Format switch
        {
            MomentFormat format => MomentCell.Read(row.Cell(rule), format.Pattern, map.Zone),
            DateAndTimeFormat => MomentCell.ReadParts(row.Cell(rule), row.Cell(rule, 1), map.Zone),
            TimeAfterFormat format => Moment(format.Column) is { } after
                ? MomentCell.ReadTimeAfter(row.Cell(rule), after, map.Zone)
                // Without the stamp that it follows nobody knows its day.
                : ReadMoment.None,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (read.Trouble is { } trouble)
        {
            Refuse(trouble, rule.Canonical, rule);
        }

        return read.Moment;
    }

    private string Text(string canonical)
    {
        foreach (MapRule rule in map.Rules[canonical])
        {
            string text = rule.Format is ConstantFormat constant
                ? constant.Value
                : TextBy(rule, (CategoryFormat)rule.Format);
            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }

    private string TextBy(MapRule rule, CategoryFormat format)
    {
        string cell = row.Cell(rule);
        if (cell.Length == 0)
        {
            return "";
        }

        // A listed name is the map's own word, whatever the cell says.
        if (format.Listed is { } listed)
        {
            return listed.TryGetValue(cell, out string? word)
                ? word
                : Withhold(WithheldReason.NotListed);
        }

        return PersonalNumberRule.Contains(cell) ? Withhold(WithheldReason.TwelveDigits)
            : !CellText.IsName(cell) ? Withhold(WithheldReason.FreeText)
            : rule.Canonical == CanonicalColumn.Area && CellText.TellsHouse(cell)
                ? Withhold(WithheldReason.House)
            : cell;

        string Withhold(WithheldReason why)
        {
            _withheld.Add((why, rule.Canonical, row.Place(rule)));
            return "";
        }
    }

    private bool? Flag(string canonical)
    {
        foreach (MapRule rule in map.Rules[canonical])
        {
            if (rule.Format is ConstantFormat constant)
            {
                return constant.Value == "1";
            }

            string cell = row.Cell(rule);
            if (cell.Length > 0)
            {
                if (((FlagFormat)rule.Format).Listed.TryGetValue(cell, out bool flag))
                {
                    return flag;
                }

                Refuse(ExclusionReason.UnreadableFlag, canonical, rule);
            }
        }

        return null;
    }

    private int? Count(string canonical) => (int?)Number(canonical);

    private double? Number(string canonical)
    {
        CanonicalColumn column = CanonicalColumn.Find(canonical)!;
        foreach (MapRule rule in map.Rules[canonical])
        {
            string cell = rule.Format is ConstantFormat constant ? constant.Value : row.Cell(rule);
            if (cell.Length == 0)
            {
                continue;
            }

            double? number =
                CellNumber.TryRead(cell) * ((rule.Format as NumberFormat)?.Factor ?? 1);
            bool isWhole = column.Kind != ColumnKind.Count || number == Math.Floor(number ?? 0);
            if (number is null || !isWhole)
            {
                Refuse(ExclusionReason.UnreadableNumber, canonical, rule);
            }
            else if (number < 0 || number > column.Most)
            {
                Refuse(ExclusionReason.NumberOutOfRange, canonical, rule);
            }

            return number;
        }

        return null;
    }
}
