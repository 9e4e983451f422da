using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.City;

/// <summary>The city's directory cannot be used; the message names file and reason.</summary>
public sealed class CityFileException(string file, string reason, Exception? inner = null)
    : Exception($"{file}: {reason}", inner);

/// <summary>Reads <c>city.json</c> and the roads beside it.</summary>
internal static class CityFile
{
    public const string Name = "city.json";

    /// <exception cref="CityFileException">Missing, malformed, or something in it names what is not there.</exception>
    /// <exception cref="RoadNetwork.Import.RoadFileException">The road files are missing or broken; it names file and line.</exception>
    public static CityPlan Read(string directory)
    {
        string file = Path.Combine(directory, Name);
        CityJson city = Parse(file);
        try
        {
            return Build(city, OpenRoads(Path.Combine(directory, city.Roads)), file) with
            {
                Model = city is { Model: { } model, ModelSigner: { } signer }
                    ? new CityModel(Path.Combine(directory, model), Path.Combine(directory, signer))
                    : null,
            };
        }
        catch (ArgumentException malformed)
        {
            throw new CityFileException(file, malformed.Message);
        }
    }

    /// <inheritdoc cref="Read"/>
    public static DepartmentPlan ReadPlan(string directory)
    {
        string file = Path.Combine(directory, Name);
        return PlanOf(Parse(file), file);
    }

    /// <summary>Roads of which every part was checked: a service does not find out at four in the morning that a metric is damaged.</summary>
    private static RoadMap OpenRoads(string roads)
    {
        RoadMap map = RoadNetworkLoader.Load(roads);
        if (RoadNetworkLoader.IsRoadFile(roads))
        {
            RoadSectionState? damaged = RoadFiles
                .ListSections(roads, verify: true)
                .FirstOrDefault(section => section.Damage is not null);
            if (damaged is not null)
            {
                throw new RoadFileException(roads, 0, damaged.Damage!);
            }
        }

        // What is made when first asked for is made now, rather than under the first emergency call.
        map.Weights(DrivingProfile.Emergency);
        return map;
    }

    private static CityJson Parse(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            CityJson city =
                JsonSerializer.Deserialize(stream, CityJsonContext.Default.CityJson)
                ?? throw new CityFileException(file, "it is empty");
            bool hasHoles =
                city.Stations.Any(s => s is null)
                || city.Units.Any(u => u is null)
                || city.Vehicles.Any(v => v is null)
                || city.Hospitals.Any(h => h is null);
            return hasHoles ? throw new CityFileException(file, "a list holds null") : city;
        }
        catch (JsonException broken)
        {
            throw new CityFileException(file, $"line {broken.LineNumber + 1}: {broken.Message}");
        }
        catch (IOException missing)
        {
            throw new CityFileException(file, missing.Message, missing);
        }
    }

    private static CityPlan Build(CityJson city, RoadMap roads, string file)
    {
        var order = new StationOrder(
            [
                .. (city.DefaultStationOrder ?? [.. city.Stations.Select(s => s.Id)]).Select(
                    s => new StationId(s)
                ),
            ],
            city.StationOrder.Select(t =>
                KeyValuePair.Create(t.Key, t.Value.Select(s => new StationId(s)).ToImmutableArray())
            )
        );
        return new CityPlan(
            PlanOf(city, file),
            [.. city.Hospitals.Select(HospitalOf)],
            order,
            roads
        );
    }

    private static DepartmentPlan PlanOf(CityJson city, string file)
    {
        ImmutableArray<Station> stations =
        [
            .. city.Stations.Select(s => new Station(
                new StationId(s.Id),
                s.Name,
                new GeoPoint(s.Lat, s.Lon)
            )),
        ];
        HashSet<StationId> known = [.. stations.Select(s => s.Id)];
        ImmutableArray<UnitPlan> units = [.. city.Units.Select(UnitOf)];
        UnitPlan? stray = units.FirstOrDefault(u => !known.Contains(u.Station));
        if (stray is not null)
        {
            throw new CityFileException(
                file,
                $"unit {stray.Id} names a station that is not in the file"
            );
        }

        RequireEachOnce(file, "station", city.Stations.Select(s => s.Id));
        RequireEachOnce(file, "unit", city.Units.Select(u => u.Id));
        RequireEachOnce(file, "device", city.Units.Select(u => u.Device));
        RequireEachOnce(file, "vehicle", city.Units.Select(u => u.Vehicle));
        RequireEachOnce(file, "hospital", city.Hospitals.Select(h => h.Id));
        string? strange = city
            .StationOrder.Values.Append(city.DefaultStationOrder ?? [])
            .SelectMany(order => order)
            .FirstOrDefault(name => !known.Any(s => s.Value == name));
        if (strange is not null)
        {
            throw new CityFileException(
                file,
                $"a station order names {strange}, which is no station"
            );
        }

        if (units.IsEmpty)
        {
            throw new CityFileException(file, "there is no unit to send");
        }

        return new DepartmentPlan(
            new DepartmentId(city.Department.Id),
            city.Department.Name,
            stations,
            units,
            [.. city.Vehicles.Where(v => v.Spare).Select(v => new VehicleId(v.Id))]
        );
    }

    private static void RequireEachOnce(string file, string what, IEnumerable<string> names)
    {
        string? twice = names
            .GroupBy(n => n, StringComparer.Ordinal)
            .FirstOrDefault(g => g.Count() > 1)
            ?.Key;
        if (twice is not null)
        {
            throw new CityFileException(file, $"the {what} {twice} stands there twice");
        }
    }

    private static UnitPlan UnitOf(UnitJson unit) =>
        new(
            new UnitId(unit.Id),
            unit.Name,
            new StationId(unit.Station),
            new VehicleId(unit.Vehicle),
            new CrewId(unit.Crew),
            new DeviceId(unit.Device)
        )
        {
            VehicleKind = unit.Kind,
        };

    private static HospitalPlan HospitalOf(HospitalJson hospital) =>
        new(
            new HospitalId(hospital.Id),
            hospital.Name,
            new GeoPoint(hospital.Lat, hospital.Lon),
            hospital.Services.Aggregate(CareNeeds.None, (all, service) => all | ServiceOf(service)),
            hospital.Accepting
        );

    private static CareNeeds ServiceOf(string service) =>
        service switch
        {
            "general" => CareNeeds.None,
            "dialysis" => CareNeeds.Dialysis,
            "obstetrics" => CareNeeds.Obstetrics,
            "neurosurgery" => CareNeeds.Neurosurgery,
            _ => throw new ArgumentException(
                $"a hospital names the unknown service \"{service}\"",
                nameof(service)
            ),
        };
}

internal sealed record CityJson(
    DepartmentJson Department,
    string Roads,
    StationJson[] Stations,
    UnitJson[] Units,
    VehicleJson[] Vehicles,
    HospitalJson[] Hospitals,
    Dictionary<string, string[]> StationOrder,
    string[]? DefaultStationOrder = null,
    string? Model = null,
    string? ModelSigner = null
);

internal sealed record DepartmentJson(string Id, string Name);

internal sealed record StationJson(string Id, string Name, double Lat, double Lon);

internal sealed record UnitJson(
    string Id,
    string Name,
    string Station,
    string Vehicle,
    string Crew,
    string Device,
    string Kind = UnitPlan.Ambulance
);

internal sealed record VehicleJson(string Id, bool Spare);

internal sealed record HospitalJson(
    string Id,
    string Name,
    double Lat,
    double Lon,
    string[] Services,
    bool Accepting
);

[JsonSerializable(typeof(CityJson))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
internal sealed partial class CityJsonContext : JsonSerializerContext;
