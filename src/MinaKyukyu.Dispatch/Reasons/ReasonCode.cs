namespace MinaKyukyu.Dispatch.Reasons;

/// <summary>Everything that advice can give as a reason, a doubt or a cost: a closed set. Sentences are made from it elsewhere.</summary>
/// <remarks>What a code's values mean stands beside it; a value that is not named there is not set.</remarks>
public enum ReasonCode
{
    // Why this level and not a better one.

    /// <summary>No model of the time to scene is loaded; times are the road's.</summary>
    NoModel = 1,

    /// <summary>The place lies off the map.</summary>
    PlaceOffMap = 2,

    /// <summary>No road file is loaded.</summary>
    NoRoadMap = 3,

    /// <summary>No unit reaches the place by the roads that we know.</summary>
    NoWayByRoad = 4,

    /// <summary>Nobody could say where; the stations' fixed order decides.</summary>
    NoPlace = 5,

    /// <summary>A model of the time to scene answers. Amount: its version.</summary>
    ModelAnswers = 6,

    /// <summary>A model was found, but it did not pass its checks and is not used; times are the road's.</summary>
    ModelRefused = 7,

    /// <summary>The model gave no usable answer this time; times are the road's.</summary>
    ModelFailed = 8,

    /// <summary>The model answers, but too many or too few of the last arrivals fell outside its interval, which is not told.</summary>
    IntervalWithdrawn = 9,

    // Why this one, and where it was reckoned from.

    /// <summary>Smallest time by road among those that can be ordered now.</summary>
    NearestByRoad = 20,

    /// <summary>Smallest time by straight line among those that can be ordered now.</summary>
    NearestByStraightLine = 21,

    /// <summary>Amount: seconds later than the first.</summary>
    LaterThanNearest = 22,

    /// <summary>Waits at its station.</summary>
    FromStation = 23,

    /// <summary>Amount: age in seconds of the position that it was reckoned from.</summary>
    FromPosition = 24,

    /// <summary>Amount: age in seconds; older than a position should be.</summary>
    PositionStale = 25,

    /// <summary>No position; reckoned from the hospital where it was last. Amount: seconds since.</summary>
    FromLastHospital = 26,

    /// <summary>No position; reckoned from the scene where it was last. Amount: seconds since.</summary>
    FromLastScene = 27,

    /// <summary>Not at its station as far as we know, but nothing newer is known.</summary>
    StationAssumed = 28,

    /// <summary>On its way home: rolls already.</summary>
    Returning = 29,

    /// <summary>Not free yet. Amount: expected seconds until it is.</summary>
    SoonFree = 30,

    /// <summary>A unit that is not free yet would be earlier than this one. Unit; amount: seconds earlier.</summary>
    SoonFreeWouldBeEarlier = 31,

    /// <summary>This unit is not near a road that we know; its time is by straight line.</summary>
    UnitOffMap = 32,

    /// <summary>Amount: metres between the unit's position and the road it was reckoned from.</summary>
    UnitSnapDistance = 33,

    /// <summary>Amount: metres between the place and the road where the drive ends; not in the time.</summary>
    SnapDistance = 34,

    /// <summary>Precision; amount: metres by which the true place may differ.</summary>
    PlacePrecision = 35,

    /// <summary>The place is a town's centre, not an address. Amount: metres by which the true place may differ.</summary>
    TownCentreOnly = 36,

    /// <summary>By the order of stations of the town in the address. Amount: rank of its station, from 1.</summary>
    StationOrderOfTown = 37,

    /// <summary>By the department's default order of stations. Amount: rank of its station, from 1.</summary>
    StationOrderDefault = 38,

    /// <summary>No vehicle gets into the street of the place, which is closed or too narrow; the crew walks from its end.</summary>
    LastMetersOnFoot = 39,

    /// <summary>Nobody gets there without passing a closed street; the drive is that of the open roads.</summary>
    ThroughClosure = 40,

    /// <summary>Smallest expected time by the model among those that can be ordered now.</summary>
    EarliestByModel = 41,

    /// <summary>By road alone another that can be ordered now is nearer. Unit; amount: seconds nearer.</summary>
    OtherNearerByRoad = 42,

    // Why not this one.

    /// <summary>No crew has signed on.</summary>
    OffDuty = 60,

    /// <summary>Obeys another order. State; amount: expected seconds until it is free.</summary>
    Busy = 61,

    /// <summary>Ordered to this incident already. State.</summary>
    AlreadyOrdered = 62,

    /// <summary>No way by road from where it is.</summary>
    Unreachable = 63,

    // Why nobody.

    NoUnitOnDuty = 80,

    /// <summary>Unit: which is expected to be free first; amount: in how many seconds.</summary>
    AllBusy = 81,

    /// <summary>Units are free, but none of them reaches the place.</summary>
    NoFreeUnitReaches = 82,

    // Hospitals.

    /// <summary>Shortest by road of those that rank as well.</summary>
    NearestHospital = 100,

    /// <summary>Needs: all that are asked for, and it has them.</summary>
    MeetsNeeds = 101,

    /// <summary>Needs: those asked for that it does not have.</summary>
    LacksServices = 102,

    /// <summary>Refused this patient before.</summary>
    RefusedBefore = 103,

    /// <summary>Takes nobody at present.</summary>
    NotAccepting = 104,

    /// <summary>The drive is reckoned from the unit that carries the patient. Unit; amount: age of its position in seconds.</summary>
    FromCarryingUnit = 105,

    /// <summary>The drive is reckoned from the scene.</summary>
    FromScene = 106,

    /// <summary>This hospital's time is by straight line: it is not near a road that we know, or no way leads to it.</summary>
    HospitalOffMap = 107,

    /// <summary>Neither the place nor a unit's position is known: the plan's order.</summary>
    HospitalPlanOrder = 108,
}
