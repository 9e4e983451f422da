using Google.Protobuf.Reflection;
using MinaKyukyu.Architecture.Tests.House;
using MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Architecture.Tests.Wire;

public class WireCompatibilityTests
{
    [Fact]
    public void The_wire_changes_only_by_additions() =>
        Verdict.NothingWrong(WireCompatibility.Breaks(WireSets.Published(), WireSets.Compiled()));

    [Fact]
    public void The_published_set_knows_the_whole_wire_or_build_update_descriptor_is_to_be_run() =>
        Verdict.NothingWrong(
            WireCompatibility.Additions(WireSets.Published(), WireSets.Compiled())
        );

    [Fact]
    public void The_published_set_holds_every_service_of_v1() =>
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "IncidentService",
                "CrewService",
                "DispatchService",
                "AuthorizationService",
                "MedicalInfoService",
                "AnalyticsService",
            },
            WireSets
                .Published()
                .File.SelectMany(f => f.Service)
                .Select(s => s.Name)
                .ToHashSet(StringComparer.Ordinal)
        );

    public static TheoryData<string, string> PlantedBreaks =>
        new()
        {
            { "a field is removed", "is gone" },
            { "a field is renumbered", "another number" },
            { "a field is retyped", "type Message became String" },
            { "a field points to another message", "type name" },
            { "a field is renamed", "name incident_id became incident" },
            { "a field becomes repeated", "cardinality" },
            { "a field gains presence", "presence" },
            { "a field becomes required", "became REQUIRED" },
            { "a new field is required", "became REQUIRED" },
            {
                "a message is removed",
                "message minakyukyu.incident.v1.OpenIncidentRequest is gone"
            },
            {
                "a method is removed",
                "method minakyukyu.incident.v1.IncidentService/OpenIncident is gone"
            },
            { "a method streams", "became" },
            { "a method answers something else", "became" },
            { "a service is removed", "service minakyukyu.incident.v1.IncidentService is gone" },
            { "an enum value is removed", "enum value" },
            { "an enum value is renumbered", "enum value" },
            { "an enum is removed", "enum minakyukyu.type.v1.FieldBehavior is gone" },
            { "the package changes", "became minakyukyu.incident.v2" },
            { "a file is removed", "file minakyukyu/incident/v1/incident_service.proto is gone" },
            { "the extension is renumbered", "number 50119 became 50120" },
        };

    [Theory]
    [MemberData(nameof(PlantedBreaks))]
    public void A_planted_break_is_caught(string planted, string expected)
    {
        FileDescriptorSet now = WireSets.Published().Clone();
        Plant(now, planted);

        Assert.Contains(
            WireCompatibility.Breaks(WireSets.Published(), now),
            b => b.Contains(expected, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Additions_are_welcome()
    {
        FileDescriptorSet now = WireSets.Published().Clone();
        FileDescriptorProto file = FileOf(now, "incident/v1/incident_service.proto");
        DescriptorProto request = file.MessageType.Single(m => m.Name == "OpenIncidentRequest");
        request.Field.Add(NewField());
        file.MessageType.Add(new DescriptorProto { Name = "Brand", Field = { NewField() } });
        file.Service[0]
            .Method.Add(
                new MethodDescriptorProto
                {
                    Name = "BrandIncident",
                    InputType = ".a",
                    OutputType = ".b",
                }
            );
        FileOf(now, "type/v1/behavior.proto")
            .EnumType[0]
            .Value.Add(new EnumValueDescriptorProto { Name = "NEW", Number = 99 });

        Assert.Empty(WireCompatibility.Breaks(WireSets.Published(), now));
        Assert.NotEmpty(WireCompatibility.Additions(WireSets.Published(), now));
    }

    private static FieldDescriptorProto NewField() =>
        new()
        {
            Name = "brand_new",
            JsonName = "brandNew",
            Number = 9_999,
            Type = FieldDescriptorProto.Types.Type.String,
            Label = FieldDescriptorProto.Types.Label.Optional,
        };

    private static FileDescriptorProto FileOf(FileDescriptorSet set, string path) =>
        set.File.Single(f => f.Name == $"minakyukyu/{path}");

    private static void Plant(FileDescriptorSet set, string what)
    {
        FileDescriptorProto file = FileOf(set, "incident/v1/incident_service.proto");
        FileDescriptorProto words = FileOf(set, "type/v1/behavior.proto");
        ServiceDescriptorProto service = file.Service.Single();
        MethodDescriptorProto method = service.Method.Single(m => m.Name == "OpenIncident");
        DescriptorProto open = file.MessageType.Single(m => m.Name == "OpenIncidentRequest");
        DescriptorProto report = file.MessageType.Single(m => m.Name == "ReportMilestoneRequest");
        FieldDescriptorProto id = report.Field.Single(f => f.Name == "incident_id");
        FieldDescriptorProto place = open.Field.First(f =>
            f.Type == FieldDescriptorProto.Types.Type.Message
        );
        EnumDescriptorProto behavior = words.EnumType.Single();
        switch (what)
        {
            case "a field is removed":
                report.Field.Remove(id);
                break;
            case "a field is renumbered":
                id.Number = 9_998;
                break;
            case "a field is retyped":
                place.Type = FieldDescriptorProto.Types.Type.String;
                break;
            case "a field points to another message":
                place.TypeName = ".minakyukyu.type.v1.Words";
                break;
            case "a field is renamed":
                id.Name = "incident";
                break;
            case "a field becomes repeated":
                id.Label = FieldDescriptorProto.Types.Label.Repeated;
                break;
            case "a field gains presence":
                id.Proto3Optional = true;
                break;
            case "a field becomes required":
                FieldDescriptorProto optional = open.Field.First(f =>
                    f.Options.GetExtension(BehaviorExtensions.Behavior) == FieldBehavior.Optional
                );
                optional.Options.SetExtension(BehaviorExtensions.Behavior, FieldBehavior.Required);
                break;
            case "a new field is required":
                FieldDescriptorProto added = NewField();
                added.Options = new FieldOptions();
                added.Options.SetExtension(BehaviorExtensions.Behavior, FieldBehavior.Required);
                open.Field.Add(added);
                break;
            case "a message is removed":
                file.MessageType.Remove(open);
                break;
            case "a method is removed":
                service.Method.Remove(method);
                break;
            case "a method streams":
                method.ServerStreaming = true;
                break;
            case "a method answers something else":
                method.OutputType = ".minakyukyu.type.v1.Words";
                break;
            case "a service is removed":
                file.Service.Clear();
                break;
            case "an enum value is removed":
                behavior.Value.RemoveAt(1);
                break;
            case "an enum value is renumbered":
                behavior.Value[1].Number = 77;
                break;
            case "an enum is removed":
                words.EnumType.Clear();
                break;
            case "the package changes":
                file.Package = "minakyukyu.incident.v2";
                break;
            case "a file is removed":
                set.File.Remove(file);
                break;
            case "the extension is renumbered":
                words.Extension.Single().Number = 50_120;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, "No such planted break.");
        }
    }
}
