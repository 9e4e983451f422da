using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.Server.Wire.Interceptors;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>What holds for every method of every service, read from the contract itself.</summary>
public sealed class EveryMethodTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    public static TheoryData<string> Methods => [.. WireMethod.All.Select(m => m.Path)];

    public static TheoryData<string> ImplementedMethods =>
        [.. WireMethod.All.Where(m => !m.IsLater).Select(m => m.Path)];

    public static TheoryData<string> MethodsForLater =>
        [.. WireMethod.All.Where(m => m.IsLater).Select(m => m.Path)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Answers_nobody_who_is_not_known(string path)
    {
        WireMethod method = WireMethod.Find(path);
        byte[] request = Filled(method).ToByteArray();
        await Refuses.WithAsync(
            "UNAUTHENTICATED",
            house,
            () => method.CallAsync(house.Nobody, request)
        );
        Tests.Wire.Caller stranger = house.CallerOf("tablet-of-nobody", "crew", "crew-kita-1");
        await Refuses.WithAsync(
            "UNAUTHENTICATED",
            house,
            () => method.CallAsync(stranger, request)
        );
        Tests.Wire.Caller king = house.CallerOf("console-1", "king");
        await Refuses.WithAsync("UNAUTHENTICATED", house, () => method.CallAsync(king, request));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Answers_no_role_that_may_not_call_it(string path)
    {
        WireMethod method = WireMethod.Find(path);
        byte[] request = Filled(method).ToByteArray();
        CallerRole[] shut =
        [
            .. System.Enum.GetValues<CallerRole>().Where(role => !method.Allows(role)),
        ];
        Assert.NotEmpty(shut);
        foreach (CallerRole role in shut)
        {
            bool needsItsLeader =
                role == CallerRole.CrewMember && method.Allows(CallerRole.CrewLeader);
            await Refuses.WithAsync(
                needsItsLeader ? "VIEWING_OFFICER_NOT_SIGNED_ON" : "ROLE_NOT_ALLOWED",
                house,
                () => method.CallAsync(house.As(role), request)
            );
        }
    }

    [Fact]
    public void The_table_of_roles_names_every_method_and_no_other() =>
        Assert.Equal(
            WireMethod.All.Select(m => m.Path).Order(StringComparer.Ordinal),
            MethodRoles.Methods.Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(ImplementedMethods))]
    public async Task Names_each_required_field_that_is_empty(string path)
    {
        WireMethod method = WireMethod.Find(path);
        foreach (string field in FilledRequest.RequiredPaths(method.Descriptor.InputType))
        {
            IMessage request = FilledRequest.Of(method.Descriptor.InputType, Known(method), field);
            FilledRequest.Clear(request, field);
            RpcException failure = await Assert.ThrowsAsync<RpcException>(() =>
                method.CallAsync(Allowed(method), request.ToByteArray())
            );
            ErrorInfo info = InfoOf(failure);
            Assert.Equal(
                (StatusCode.InvalidArgument, "REQUIRED_FIELD_EMPTY", field),
                (failure.StatusCode, info.Reason, info.Metadata.GetValueOrDefault("field", ""))
            );
        }
    }

    [Theory]
    [MemberData(nameof(ImplementedMethods))]
    public async Task An_empty_request_changes_nothing(string path)
    {
        WireMethod method = WireMethod.Find(path);
        if (
            FilledRequest
                .RequiredPaths(method.Descriptor.InputType)
                .Any(p => !p.Contains('.', StringComparison.Ordinal))
        )
        {
            await Refuses.WithAsync(
                "REQUIRED_FIELD_EMPTY",
                house,
                () => method.CallAsync(Allowed(method), [])
            );
        }
    }

    [Theory]
    [MemberData(nameof(MethodsForLater))]
    public async Task Says_of_a_later_method_that_it_is_not_in_this_version(string path)
    {
        WireMethod method = WireMethod.Find(path);
        await Refuses.WithAsync(
            "NOT_IN_THIS_VERSION",
            house,
            () => method.CallAsync(Allowed(method), [])
        );
        await Refuses.WithAsync(
            "NOT_IN_THIS_VERSION",
            house,
            () => method.CallAsync(Allowed(method), Filled(method).ToByteArray())
        );
    }

    [Fact]
    public void The_contract_says_of_the_same_methods_that_they_come_later()
    {
        IEnumerable<string> said = Directory
            .EnumerateFiles(
                Path.Combine(ServedHouse.Root, "protos", "minakyukyu"),
                "*.proto",
                SearchOption.AllDirectories
            )
            .SelectMany(LaterMethodsOf);
        Assert.Equal(
            WireMethod
                .All.Where(m => m.IsLater)
                .Select(m => m.Descriptor.Name)
                .Order(StringComparer.Ordinal),
            said.Order(StringComparer.Ordinal)
        );
    }

    private static IEnumerable<string> LaterMethodsOf(string file)
    {
        string[] lines = File.ReadAllLines(file);
        return lines
            .Select((line, at) => (line, at))
            .Where(l => l.line.Contains("UNIMPLEMENTED in this version", StringComparison.Ordinal))
            .Select(l => lines[l.at + 1].Trim().Split(' ', '(')[1]);
    }

    [Fact]
    public async Task Refuses_a_message_above_64_KiB_with_reason_and_sentence()
    {
        OpenIncidentRequest plea = Run.Plea(house);
        plea.Remarks = new string('x', 64 * 1024);
        await Refuses.WithAsync(
            "MESSAGE_TOO_LARGE",
            house,
            async () => await house.Dispatcher.Incidents.OpenIncidentAsync(plea)
        );
        var positions = new ReportPositionsRequest { UnitId = "kita-1" };
        positions.Positions.Add(
            Enumerable.Repeat(
                new PositionReport
                {
                    Point = new GeoPoint { Latitude = 35, Longitude = 139 },
                },
                3_500
            )
        );
        await Refuses.WithAsync(
            "MESSAGE_TOO_LARGE",
            house,
            async () => await house.CrewOf(house.Unit(0)).Crew.ReportPositionsAsync(positions)
        );
    }

    [Fact]
    public async Task Takes_a_message_just_below_64_KiB()
    {
        OpenIncidentRequest plea = Run.Plea(house);
        plea.Remarks = new string('x', (64 * 1024) - 300);
        Assert.NotEmpty((await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId);
    }

    private IMessage Filled(WireMethod method) =>
        FilledRequest.Of(method.Descriptor.InputType, Known(method));

    private Dictionary<string, object> Known(WireMethod method) =>
        new(StringComparer.Ordinal)
        {
            ["request_id"] = house.Next(),
            ["unit_id"] = house.Unit(0).Id.Value,
        };

    private Tests.Wire.Caller Allowed(WireMethod method) =>
        house.As(System.Enum.GetValues<CallerRole>().First(method.Allows));

    private static ErrorInfo InfoOf(RpcException failure) =>
        Google
            .Rpc.Status.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin"))
            .Details.Single(d => d.Is(ErrorInfo.Descriptor))
            .Unpack<ErrorInfo>();
}
