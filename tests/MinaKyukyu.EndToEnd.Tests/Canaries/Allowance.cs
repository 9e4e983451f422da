namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>A place where one kind of canary may be, and why. Everything that no allowance names is a leak.</summary>
internal sealed record Allowance(string Place, CanaryKind Kind, string Why)
{
    private const string Journal =
        "the journal keeps where help was asked for and what the caller said (THREAT_MODEL N6)";

    private const string Served = "the dispatcher and the crew must find the scene";

    private const string LastRun = "a crew sees its last run until it is back at its station";

    public static readonly IReadOnlyList<Allowance> All =
    [
        new("data directory, open", CanaryKind.IncidentAddress, Journal),
        new("data directory, open", CanaryKind.IncidentLandmark, Journal),
        new("data directory, open", CanaryKind.IncidentRemarks, Journal),
        new(
            "data directory, open",
            CanaryKind.CallbackNumber,
            "kept until the last unit clears (M32)"
        ),
        new("data directory", CanaryKind.IncidentAddress, Journal),
        new("data directory", CanaryKind.IncidentLandmark, Journal),
        new("data directory", CanaryKind.IncidentRemarks, Journal),
        new("/board, open", CanaryKind.IncidentAddress, Served),
        new("/crew, open", CanaryKind.IncidentAddress, Served),
        new("/crew, open", CanaryKind.IncidentLandmark, Served),
        new("/crew, open", CanaryKind.IncidentRemarks, Served),
        new("/crew, open", CanaryKind.CallbackNumber, "the crew asks the caller for the way"),
        new("/crew, closed", CanaryKind.IncidentAddress, LastRun),
        new("/crew, closed", CanaryKind.IncidentLandmark, LastRun),
        new("/crew, closed", CanaryKind.IncidentRemarks, LastRun),
    ];

    public bool Allows(Sighting seen) => seen.Place == Place && seen.Canary.Kind == Kind;
}
