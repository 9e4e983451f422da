using Grpc.Core;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Tablet.Link;
using GeoPoint = MinaKyukyu.Vocabulary.Places.GeoPoint;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>What the crew asks about hospitals. No advice is an answer too: the crew goes by distance then.</summary>
internal sealed class HospitalDesk(CrewLink link, CrewAccount account, string incident)
{
    private readonly Dictionary<string, Hospital> _known = new(StringComparer.Ordinal);

    /// <summary>Best first; empty when the server advised nothing.</summary>
    public async Task<IReadOnlyList<HospitalCandidate>> AskAsync(
        string phase,
        CancellationToken cancellation
    )
    {
        try
        {
            RecommendHospitalsResponse advice = await link.Dispatch.RecommendHospitalsAsync(
                new RecommendHospitalsRequest { IncidentId = incident, PatientNumber = 1 },
                cancellationToken: cancellation
            );
            account.Tell(
                "hospitals",
                ("incident", incident),
                ("phase", phase),
                ("level", advice.Level.ToString()),
                ("used_card", advice.UsedCard),
                ("hospitals", CrewAccount.List(advice.Hospitals.Select(h => h.HospitalId))),
                ("first_name", advice.Hospitals.FirstOrDefault()?.Name),
                ("first_road_seconds", advice.Hospitals.FirstOrDefault()?.RoadSeconds),
                ("card_effect", advice.CardEffect?.Code),
                ("card_effect_ja", advice.CardEffect?.Words?.Ja),
                ("card_effect_en", advice.CardEffect?.Words?.En)
            );
            return advice.Hospitals;
        }
        catch (RpcException failure)
        {
            cancellation.ThrowIfCancellationRequested();
            account.Tell(
                "hospitals",
                ("incident", incident),
                ("phase", phase),
                ("refused", Refusal.Of(failure).Reason),
                ("code", failure.StatusCode.ToString())
            );
            return [];
        }
    }

    /// <summary>Where a hospital is; null when the server does not say.</summary>
    public GeoPoint? Find(string hospital) =>
        _known.GetValueOrDefault(hospital)?.Point is { } point
            ? new GeoPoint(point.Latitude, point.Longitude)
            : null;

    public string? Nearest(GeoPoint? here) =>
        here is { } from
            ? _known
                .Keys.Where(id => Find(id) is not null)
                .MinBy(id => Find(id)!.Value.DistanceMetersTo(from))
            : _known.Keys.FirstOrDefault();

    /// <summary>Learns where the department's hospitals are. A crew that cannot ask drives all the same.</summary>
    public async Task LearnAsync(CancellationToken cancellation)
    {
        try
        {
            var request = new ListHospitalsRequest { Page = new() };
            do
            {
                ListHospitalsResponse page = await link.Dispatch.ListHospitalsAsync(
                    request,
                    cancellationToken: cancellation
                );
                foreach (Hospital hospital in page.Hospitals)
                {
                    _known[hospital.HospitalId] = hospital;
                }

                request.Page.PageToken = page.Page?.NextPageToken ?? "";
            } while (request.Page.PageToken.Length > 0);
        }
        catch (RpcException)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
