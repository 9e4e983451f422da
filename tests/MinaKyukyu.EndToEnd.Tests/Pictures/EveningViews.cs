using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;

namespace MinaKyukyu.EndToEnd.Tests.Pictures;

/// <summary>Views of the evening, as the journal keeps them: the picture of the officer's page needs them, and no card.</summary>
internal static class EveningViews
{
    public static async Task TellAsync(WebApplication app, TimeProvider time)
    {
        CommandDesk desk = app.Services.GetRequiredService<CommandDesk>();
        Department department = app.Services.GetRequiredService<Department>();
        CityPlan city = department.City;
        int n = 0;
        foreach (
            var incident in department
                .Incidents.Incidents.Values.Where(i => i.Orders.Length > 0)
                .OrderBy(i => i.CallReceivedAt)
        )
        {
            n++;
            var unit = city.Plan.Units.Single(u => u.Id == incident.Orders[0].Unit);
            DateTimeOffset at = incident.Orders[0].DispatchedAt.AddMinutes(12);
            at = at < time.GetUtcNow() ? at : time.GetUtcNow();
            bool isEmergency = n is 3 or 8 or 9;
            string grant = string.Create(
                CultureInfo.InvariantCulture,
                $"01990000-0000-7000-8000-{n:D12}"
            );
            string row = string.Create(
                CultureInfo.InvariantCulture,
                $$$"""
                {"grantId":"{{{grant}}}","incidentId":"{{{incident.Id}}}","patient":1,"patientRef":"{{{new string(
                    (char)('a' + n),
                    52
                )}}}","unitId":"{{{unit.Id}}}","crewId":"{{{unit.Crew}}}","deviceId":"{{{unit.Device}}}","challengeId":"c-{{{n}}}","level":"{{{(
                    n % 2 == 0 ? "SpecialVerifier" : "PinChallenge"
                )}}}","scope":"Summary","identityCheck":"photo-matched-by-crew","consent":{"basis":"{{{(
                    isEmergency ? "not-obtainable" : "spoken"
                )}}}"},"legalBasis":"{{{(
                    isEmergency ? "public-duty-necessity" : "consent-spoken"
                )}}}","grantedAt":"{{{at:O}}}","expiresAt":"{{{at.AddHours(2):O}}}"}
                """
            );
            byte[] body = Encoding.UTF8.GetBytes(row);
            string subject = $"incident/{incident.Id}";
            string opened = string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"grantId":"{{grant}}","at":"{{at.AddSeconds(2):O}}","distanceMeters":{{(n == 5 ? 2300 : 40)}},"positionAgeSeconds":8}"""
            );
            string shown = string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"grantId":"{{grant}}","shown":["risks","medicines","allergies"],"missing":[],"ended":"complete","openedAt":"{{at.AddSeconds(2):O}}","at":"{{at.AddSeconds(4):O}}"}"""
            );
            await desk.NoteAsync(
                city.Plan.Id,
                new CommitPart
                {
                    Facts = [new Fact("authorization.access-granted", 1, subject, body)],
                    Audit =
                    [
                        new AuditEntry("access.granted", subject, body),
                        .. isEmergency
                            ? [new AuditEntry("access.emergency", subject, body)]
                            : Array.Empty<AuditEntry>(),
                        new AuditEntry("summary.opened", subject, Encoding.UTF8.GetBytes(opened)),
                        new AuditEntry("summary.shown", subject, Encoding.UTF8.GetBytes(shown)),
                    ],
                },
                CancellationToken.None
            );
        }
    }
}
