using System.Collections.Frozen;

namespace MinaKyukyu.Server.Wire.Interceptors;

/// <summary>Methods that have a name now and an answer in a later version. Whatever the request holds, they say so.</summary>
internal static class LaterMethods
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "incident.v1.IncidentService/CorrectPlace",
        "incident.v1.IncidentService/AddPatient",
        "incident.v1.IncidentService/RecordObservation",
        "incident.v1.IncidentService/RecordTreatment",
        "dispatch.v1.DispatchService/RecommendMoveUps",
        "medicalinfo.v1.MedicalInfoService/GetHistory",
        "analytics.v1.AnalyticsService/ExportIncidents",
    }
        .Select(name => "/minakyukyu." + name)
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string method) => Names.Contains(method);
}
