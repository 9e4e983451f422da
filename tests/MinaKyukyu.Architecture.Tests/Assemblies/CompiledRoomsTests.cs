using System.Reflection;
using System.Reflection.Emit;
using MinaKyukyu.Architecture.Tests.House;
using MinaKyukyu.Architecture.Tests.Projects;

namespace MinaKyukyu.Architecture.Tests.Assemblies;

public class CompiledRoomsTests
{
    private static IReadOnlyList<CompiledRoom> Compiled { get; } =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "MinaKyukyu.*.dll")
            .Where(f => Rooms.Find(Path.GetFileNameWithoutExtension(f)) is not null)
            .Select(CompiledRoom.Read),
    ];

    /// <summary>Compiled only where the switch to the public packages stands the other way.</summary>
    private static readonly string[] Elsewhere =
#if PUBLIC_PACKAGES
    [Rooms.Grpc, Rooms.GrpcAspNetCore];
#else
    [Rooms.ForecastingMLNet];
#endif

    [Fact]
    public void Every_room_that_has_a_project_is_compiled_and_looked_at() =>
        Assert.Equal(
            Repository
                .Rooms.Select(p => p.Name)
                .Where(n => !Elsewhere.Contains(n))
                .Order(StringComparer.Ordinal),
            Compiled.Select(c => c.Name).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Compiled_rooms_have_only_the_arrows_of_the_house() =>
        Verdict.NothingWrong(Arrows.Wrong(Compiled.SelectMany(c => c.Arrows)));

    [Fact]
    public void Grants_receipts_namespaces_and_wire_types_stay_in_their_rooms() =>
        Verdict.NothingWrong(Compiled.SelectMany(AssemblyRules.Wrong));

    [Fact]
    public void A_planted_assembly_that_reaches_the_records_is_caught()
    {
        Type record = RoomType(Rooms.MedicalInfo);
        CompiledRoom planted = Plant(
            Rooms.Dispatch,
            module =>
            {
                TypeBuilder type = module.DefineType(
                    "MinaKyukyu.Dispatch.Peeking",
                    TypeAttributes.Public
                );
                type.DefineField("_record", record, FieldAttributes.Private);
                return type;
            }
        );

        Assert.Contains(new Arrow(Rooms.Dispatch, Rooms.MedicalInfo), planted.Arrows);
        string[] wrong = [.. Arrows.Wrong(planted.Arrows)];
        Assert.Contains(wrong, w => w.Contains("is not an arrow", StringComparison.Ordinal));
        Assert.Contains(
            wrong,
            w => w.Contains("path leads to the records", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(Rooms.Authorization, "MinaKyukyu.Authorization.Grants.AccessGrant")]
    [InlineData(Rooms.Journal, "MinaKyukyu.Journal.Commits.CommitReceipt")]
    public void A_planted_assembly_that_makes_a_proof_itself_is_caught(string maker, string proof)
    {
        ConstructorInfo constructor = Assembly
            .Load(maker)
            .GetType(proof, throwOnError: true)!
            .GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)[0];
        CompiledRoom planted = Plant(
            Rooms.Server,
            module => DefineMaker(module, "MinaKyukyu.Server.Flows.Forger", constructor)
        );

        Assert.Equal(
            [$"{Rooms.Server} makes a {proof}; only {maker} may."],
            AssemblyRules.Wrong(planted)
        );
    }

    [Fact]
    public void A_proof_that_anybody_could_make_is_caught()
    {
        CompiledRoom planted = Plant(
            Rooms.Journal,
            module =>
            {
                TypeBuilder type = module.DefineType(
                    "MinaKyukyu.Journal.Commits.CommitReceipt",
                    TypeAttributes.Public
                );
                type.DefineDefaultConstructor(MethodAttributes.Public);
                return type;
            }
        );
        Assert.Contains(
            "Anybody can make a MinaKyukyu.Journal.Commits.CommitReceipt: its constructor is public.",
            AssemblyRules.Wrong(planted)
        );
        Assert.Contains(
            AssemblyRules.Wrong(planted with { Friends = [Rooms.Server], Types = [] }),
            w => w.StartsWith($"{Rooms.Server} sees the internals", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_planted_wire_type_in_a_public_signature_is_caught_outside_of_Wire()
    {
        Type wire = typeof(Contracts.Type.V1.GeoPoint);
        Type many = typeof(IReadOnlyList<>).MakeGenericType(wire);
        CompiledRoom Showing(string name) =>
            Plant(
                Rooms.Server,
                module =>
                {
                    TypeBuilder type = module.DefineType(
                        name,
                        TypeAttributes.Public | TypeAttributes.Abstract
                    );
                    type.DefineMethod(
                        "Show",
                        MethodAttributes.Public
                            | MethodAttributes.Abstract
                            | MethodAttributes.Virtual,
                        many,
                        []
                    );
                    return type;
                }
            );

        Assert.Equal(
            [
                $"MinaKyukyu.Server.Flows.Leak of {Rooms.Server} shows {wire.FullName}; only Server/Wire may.",
            ],
            AssemblyRules.Wrong(Showing("MinaKyukyu.Server.Flows.Leak"))
        );
        Verdict.NothingWrong(AssemblyRules.Wrong(Showing("MinaKyukyu.Server.Wire.Mapping")));
    }

    [Fact]
    public void A_planted_namespace_is_caught()
    {
        CompiledRoom Holding(string room, string type) =>
            Plant(room, module => module.DefineType(type, TypeAttributes.Public));

        Assert.Single(AssemblyRules.Wrong(Holding(Rooms.Grpc, "MinaKyukyu.Grpc.Channel")));
        Verdict.NothingWrong(AssemblyRules.Wrong(Holding(Rooms.Grpc, "Grpc.Core.Channel")));
        Assert.Single(AssemblyRules.Wrong(Holding(Rooms.Fleet, "MinaKyukyu.Fleet.Common.Thing")));
    }

    private static Type RoomType(string room) =>
        Assembly.Load(room).GetExportedTypes().First(t => t is { IsClass: true, IsNested: false });

    private static TypeBuilder DefineMaker(
        ModuleBuilder module,
        string name,
        ConstructorInfo constructor
    )
    {
        TypeBuilder type = module.DefineType(name, TypeAttributes.Public);
        ILGenerator body = type.DefineMethod(
                "Make",
                MethodAttributes.Public | MethodAttributes.Static
            )
            .GetILGenerator();
        foreach (ParameterInfo parameter in constructor.GetParameters())
        {
            LocalBuilder nothing = body.DeclareLocal(parameter.ParameterType);
            body.Emit(OpCodes.Ldloc, nothing);
        }

        body.Emit(OpCodes.Newobj, constructor);
        body.Emit(OpCodes.Pop);
        body.Emit(OpCodes.Ret);
        return type;
    }

    /// <summary>Compiles a tiny assembly into memory and reads it as any other.</summary>
    private static CompiledRoom Plant(string name, Func<ModuleBuilder, TypeBuilder> define)
    {
        var assembly = new PersistedAssemblyBuilder(
            new AssemblyName(name),
            typeof(object).Assembly
        );
        ModuleBuilder module = assembly.DefineDynamicModule(name);
        define(module).CreateType();

        using var image = new MemoryStream();
        assembly.Save(image);
        image.Position = 0;
        return CompiledRoom.Read(image);
    }
}
