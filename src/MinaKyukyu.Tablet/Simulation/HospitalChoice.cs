using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using GeoPoint = MinaKyukyu.Vocabulary.Places.GeoPoint;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>A hospital that accepted the patient.</summary>
/// <param name="Place">Null when the server does not say where it is.</param>
/// <param name="OnRoad">Driving time that the advice names; null when it was not advised.</param>
internal sealed record ChosenHospital(string Id, GeoPoint? Place, TimeSpan? OnRoad);

/// <summary>病院選定: the crew asks for advice, then hospital by hospital until one accepts.</summary>
internal sealed class HospitalChoice(
    HospitalDesk hospitals,
    CrewTaps taps,
    Driver driver,
    CrewScript script,
    CrewPace pace
)
{
    /// <summary>A transfer leads to another hospital than the one it starts at: farther than any hospital's yard.</summary>
    private const double OtherHospitalMeters = 300;

    /// <returns>Null when nobody is known.</returns>
    public async Task<ChosenHospital?> ChooseAsync(CancellationToken stop)
    {
        IReadOnlyList<HospitalCandidate> ranked = await hospitals.AskAsync("after_card", stop);
        string? accepted = await InquireAsync(
            [.. ranked.Where(IsElsewhere).Select(h => h.HospitalId)],
            stop
        );
        if (accepted is null)
        {
            return null;
        }

        double? seconds = ranked.FirstOrDefault(h => h.HospitalId == accepted)?.RoadSeconds;
        return new ChosenHospital(
            accepted,
            hospitals.Find(accepted),
            seconds is { } road ? TimeSpan.FromSeconds(road) : null
        );
    }

    /// <summary>Whether it is not the hospital that a transfer starts at.</summary>
    private bool IsElsewhere(HospitalCandidate hospital) =>
        script.Kind != CrewScriptKind.Transfer
        || driver.Here is not { } here
        || hospitals.Find(hospital.HospitalId) is not { } place
        || here.DistanceMetersTo(place) > OtherHospitalMeters;

    /// <returns>The hospital that accepted; null when nobody is known.</returns>
    private async Task<string?> InquireAsync(List<string> ranked, CancellationToken stop)
    {
        if (ranked.Count == 0 && hospitals.Nearest(driver.Here) is { } nearest)
        {
            ranked.Add(nearest);
        }

        if (script.Kind == CrewScriptKind.FirstHospitalRefuses && ranked.Count > 1)
        {
            taps.Inquiry(ranked[0], DestinationState.Asked);
            await driver.LastAsync(pace.HospitalInquiry, stop);
            taps.Inquiry(ranked[0], DestinationState.Refused, "beds-full");
            ranked.RemoveAt(0);
        }

        if (ranked.Count == 0)
        {
            return null;
        }

        taps.Inquiry(ranked[0], DestinationState.Asked);
        await driver.LastAsync(pace.HospitalInquiry, stop);
        taps.Inquiry(ranked[0], DestinationState.Accepted);
        return ranked[0];
    }
}
