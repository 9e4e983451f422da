using System.Collections.Frozen;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Identity;

namespace MinaKyukyu.Server.Wire.Interceptors;

/// <summary>Which role may call which method. A method without a row is closed to everybody; a test holds the table complete.</summary>
internal static class MethodRoles
{
    private static readonly CallerRole[] Leader = [CallerRole.CrewLeader];
    private static readonly CallerRole[] Crew = [CallerRole.CrewLeader, CallerRole.CrewMember];
    private static readonly CallerRole[] Dispatcher = [CallerRole.Dispatcher];
    private static readonly CallerRole[] Both = [.. Crew, CallerRole.Dispatcher];
    private static readonly CallerRole[] Analyst = [CallerRole.Analyst];
    private static readonly CallerRole[] Reader = [CallerRole.Dispatcher, CallerRole.Analyst];

    /// <summary>Figures without a patient: whoever answers for the service, or looks it over.</summary>
    private static readonly CallerRole[] Figures =
    [
        .. Reader,
        CallerRole.FireChief,
        CallerRole.ReviewingPhysician,
        CallerRole.Auditor,
    ];

    private static readonly CallerRole[] FireChief = [CallerRole.FireChief];

    /// <summary>Who is known to the department: no crew looks at it.</summary>
    private static readonly CallerRole[] Enrolment =
    [
        CallerRole.FireChief,
        CallerRole.InformationOfficer,
        CallerRole.Auditor,
    ];

    /// <summary>Who saw what: never those who saw it.</summary>
    private static readonly CallerRole[] Oversight =
    [
        CallerRole.InformationOfficer,
        CallerRole.Auditor,
    ];

    /// <summary>Who closes an emergency read and answers to the patient for it.</summary>
    private static readonly CallerRole[] Officer =
    [
        CallerRole.InformationOfficer,
        CallerRole.FireChief,
    ];

    private static readonly FrozenDictionary<string, CallerRole[]> Rows = new Dictionary<
        string,
        CallerRole[]
    >(StringComparer.Ordinal)
    {
        ["incident.v1.IncidentService/OpenIncident"] = Dispatcher,
        ["incident.v1.IncidentService/GetIncident"] = Both,
        ["incident.v1.IncidentService/ListIncidents"] = Reader,
        ["incident.v1.IncidentService/WatchIncidents"] = Dispatcher,
        ["incident.v1.IncidentService/ReportMilestone"] = Both,
        ["incident.v1.IncidentService/WithdrawMilestone"] = Both,
        ["incident.v1.IncidentService/ReportHospitalInquiry"] = Both,
        ["incident.v1.IncidentService/RecordOutcome"] = Both,
        ["incident.v1.IncidentService/CancelIncident"] = Dispatcher,
        ["incident.v1.IncidentService/CorrectPlace"] = Dispatcher,
        ["incident.v1.IncidentService/AddPatient"] = Both,
        ["incident.v1.IncidentService/RecordObservation"] = Crew,
        ["incident.v1.IncidentService/RecordTreatment"] = Crew,
        ["crew.v1.CrewService/VerifyMember"] = Crew,
        ["crew.v1.CrewService/SignOn"] = Crew,
        ["crew.v1.CrewService/SignOff"] = Crew,
        ["crew.v1.CrewService/ReportPositions"] = Crew,
        ["crew.v1.CrewService/StreamPositions"] = Crew,
        ["crew.v1.CrewService/WatchAssignments"] = Crew,
        ["crew.v1.CrewService/AcknowledgeAssignment"] = Crew,
        ["crew.v1.CrewService/ListUnits"] = Reader,
        ["crew.v1.CrewService/ChangeVehicle"] = Both,
        ["crew.v1.EnrolmentService/EnrollDevice"] = FireChief,
        // A tablet is lost at night: whoever hears of it first shuts it out.
        ["crew.v1.EnrolmentService/RevokeDevice"] =
        [
            CallerRole.FireChief,
            CallerRole.InformationOfficer,
            CallerRole.Dispatcher,
        ],
        ["crew.v1.EnrolmentService/ListDevices"] = Enrolment,
        ["crew.v1.EnrolmentService/RegisterMember"] = FireChief,
        ["crew.v1.EnrolmentService/RemoveMember"] = FireChief,
        ["crew.v1.EnrolmentService/ListMembers"] = Enrolment,
        ["dispatch.v1.DispatchService/RecommendUnits"] = Dispatcher,
        ["dispatch.v1.DispatchService/AssignUnit"] = Dispatcher,
        ["dispatch.v1.DispatchService/ReassignUnit"] = Dispatcher,
        ["dispatch.v1.DispatchService/CancelAssignment"] = Dispatcher,
        ["dispatch.v1.DispatchService/RecommendHospitals"] = Both,
        ["dispatch.v1.DispatchService/ListHospitals"] = Both,
        ["dispatch.v1.DispatchService/RecommendMoveUps"] = Dispatcher,
        ["dispatch.v1.DispatchService/CloseRoad"] = Dispatcher,
        ["dispatch.v1.DispatchService/RestrictRoad"] = Dispatcher,
        ["dispatch.v1.DispatchService/LiftRoadRestriction"] = Dispatcher,
        ["dispatch.v1.DispatchService/ListRoadRestrictions"] = Both,
        ["authorization.v1.AuthorizationService/BeginCardCheck"] = Leader,
        ["authorization.v1.AuthorizationService/RequestAccess"] = Leader,
        ["authorization.v1.AuthorizationService/CloseCardStep"] = Crew,
        ["authorization.v1.AuthorizationService/WithdrawConsent"] = Crew,
        ["authorization.v1.AuthorizationService/ListAccesses"] = Oversight,
        ["authorization.v1.AuthorizationService/ListEmergencyReads"] =
        [
            .. Officer,
            CallerRole.Auditor,
        ],
        ["authorization.v1.AuthorizationService/CloseEmergencyRead"] = Officer,
        ["authorization.v1.AuthorizationService/PrintNotice"] = Officer,
        ["medicalinfo.v1.MedicalInfoService/StreamSummary"] = Leader,
        ["medicalinfo.v1.MedicalInfoService/GetHistory"] = Leader,
        ["analytics.v1.AnalyticsService/ListIntervals"] = Figures,
        ["analytics.v1.AnalyticsService/ListReasonCounts"] = Figures,
        ["analytics.v1.AnalyticsService/ExportIncidents"] = Analyst,
    }.ToFrozenDictionary(row => "/minakyukyu." + row.Key, row => row.Value, StringComparer.Ordinal);

    public static IEnumerable<string> Methods => Rows.Keys;

    public static bool Allows(string method, CallerRole role) =>
        Rows.TryGetValue(method, out CallerRole[]? roles) && roles.Contains(role);

    /// <summary>
    /// Whether a tablet that no unit is heard through may call it: it signs on, and nothing else. A caller without a unit is else
    /// the control centre, which speaks of every run.
    /// </summary>
    private static bool MayCallWithoutUnit(string method) =>
        method
            is "/minakyukyu.crew.v1.CrewService/VerifyMember"
                or "/minakyukyu.crew.v1.CrewService/SignOn";

    /// <summary>Null when this caller may call this method.</summary>
    public static Refusal? WhyNot(string method, Caller caller) =>
        !Allows(method, caller.Role)
            ? caller.Role == CallerRole.CrewMember && Allows(method, CallerRole.CrewLeader)
                ? new Refusal("VIEWING_OFFICER_NOT_SIGNED_ON")
                : new Refusal("ROLE_NOT_ALLOWED")
            : caller.Role.IsCrew() && caller.Unit is null && !MayCallWithoutUnit(method)
                ? new Refusal("TABLET_LEFT_BEHIND")
                : null;
}
