using MinaKyukyu.GrpcTests.Surface.Samples.Published;

namespace MinaKyukyu.GrpcTests.Surface;

public sealed class SurfaceReadingTests
{
    private const string Published = "MinaKyukyu.GrpcTests.Surface.Samples.Published.";
    private const string Ours = "MinaKyukyu.GrpcTests.Surface.Samples.Ours.";

    private static readonly IReadOnlyList<SurfaceItem> s_items = AssemblySurface.Read(
        typeof(SurfaceReadingTests).Assembly.Location
    );

    [Fact]
    public void Spells_whatever_code_outside_can_see_and_nothing_else()
    {
        string[] spelled =
        [
            .. s_items
                .Where(i => i.Type.StartsWith(Published, StringComparison.Ordinal))
                .Select(i => i.Line.Replace(Published, "", StringComparison.Ordinal))
                .Where(l => !l.StartsWith("Different ", StringComparison.Ordinal)),
        ];

        Assert.Equal(
            """
            Base | abstract class
            Base | protected abstract void Core()
            Base | protected constructor()
            Base | protected virtual string Name { get; }
            Base | public abstract string Item[int index] { get; }
            Base | public override string ToString()
            Base.Configuration | class
            Base.Configuration | public constructor()
            Closed | class
            Closed | public constructor()
            Derived | class : System.Exception
            Derived | public constructor()
            Extensions | public static void Read<T>(this IReader<T> reader)
            Extensions | static class
            Hints | [Flags] enum : short
            Hints | public const Hints None = 0
            Hints | public const Hints Soon = 4
            IReader<T> | interface where T : out
            IReader<T> | public T Current { get; }
            IReader<T> | public static int Count { get; }
            IToImplement | interface
            IToImplement | public void Known()
            IToImplement | public void Unknown()
            MarkAttribute | [AttributeUsage(Class, Method, AllowMultiple = False, Inherited = False)] class : System.Attribute
            MarkAttribute | public constructor()
            Method<TRequest, TResponse> | delegate System.Threading.Tasks.Task<TResponse> (TRequest request, Hints? hints) where TRequest : in
            Once | class
            Once | public constructor()
            Place | readonly struct
            Same.Part<T> | class where T : class, new()
            Same.Part<T> | public constructor()
            Same<T> | [Obsolete] public void Old()
            Same<T> | implements System.IDisposable
            Same<T> | public Same.Part<T> Free { get; }
            Same<T> | public T Value { get; init; }
            Same<T> | public TOut Take<TOut>(ref T given, out int left, params object[] rest) where TOut : struct, System.IComparable<TOut>
            Same<T> | public const int Answer = 42
            Same<T> | public constructor(in int size, string name = "none", System.Threading.CancellationToken token = default)
            Same<T> | public event System.EventHandler Done
            Same<T> | public static readonly string Word
            Same<T> | public void Dispose()
            Same<T> | sealed class where T : class, new()
            """.Split('\n'),
            spelled
        );
    }

    [Fact]
    public void Catches_each_planted_difference()
    {
        SurfaceItem[] published =
        [
            .. s_items.Where(i => i.Type.StartsWith(Published, StringComparison.Ordinal)),
        ];
        string[] ours =
        [
            .. s_items
                .Where(i => i.Type.StartsWith(Ours, StringComparison.Ordinal))
                .Select(i => i.Line.Replace(Ours, Published, StringComparison.Ordinal)),
        ];

        string[] wrong =
        [
            .. SurfaceComparison.NotPublished(ours, published),
            .. SurfaceComparison.NotWritable(ours, published),
        ];

        Assert.Equal(
            """
            Not so in the packages: Closed | sealed class; there it is: class
            Not so in the packages: Derived | class : System.InvalidOperationException; there it is: class : System.Exception
            Not so in the packages: Different | public System.Threading.Tasks.ValueTask<int> Returned(); there it is: public System.Threading.Tasks.Task<int> Returned()
            Not so in the packages: Different | public const int Number = 2; there it is: public const int Number = 1
            Not so in the packages: Different | public static void MadeStatic(); there it is: public void MadeStatic()
            Not so in the packages: Different | public string Settable { get; init; }; there it is: public string Settable { get; set; }
            Not so in the packages: Different | public void ByReference(in int first); there it is: public void ByReference(ref int first)
            Not so in the packages: Different | public void Constrained<T>() where T : class; there it is: public void Constrained<T>()
            Not so in the packages: Different | public void DefaultChanged(int first = 2); there it is: public void DefaultChanged(int first = 1)
            Not so in the packages: Different | public void MadeOptional(int first = 0); there it is: public void MadeOptional(int first)
            Not so in the packages: Different | public void NamedAnew(); there it is: sealed class
            Not so in the packages: Different | public void ParameterRenamed(int one); there it is: public void ParameterRenamed(int first)
            Not so in the packages: Different | public void Reordered(string second, int first); there it is: public void Reordered(int first, string second)
            Not so in the packages: Invented | class; there is no such type
            Not so in the packages: Invented | public constructor(); there is no such type
            Not so in the packages: Once | protected constructor(); there it is: public constructor()
            Must be written in the packages, and ours lacks it: IToImplement | public void Unknown()
            """.Split('\n'),
            wrong.Select(w => w.Replace(Published, "", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_reference_is_spelled_like_what_it_refers_to()
    {
#if PUBLIC_PACKAGES
        const string Referred = "Grpc.Core.Api";
#else
        const string Referred = "MinaKyukyu.Grpc";
#endif
        HashSet<string> defined =
        [
            .. AssemblySurface.Read(InOutput($"{Referred}.dll")).SelectMany(i => i.References),
        ];

        IReadOnlySet<string> named = ReferencedMembers.Read(
            InOutput("MinaKyukyu.Contracts.dll"),
            a => a == Referred
        );

        Assert.Contains(
            "Grpc.Core.ServiceBinderBase | void AddMethod<!!0, !!1>(Grpc.Core.Method<!!0, !!1>, Grpc.Core.UnaryServerMethod<!!0, !!1>)",
            named
        );
        Verdict.NothingWrong(named.Where(n => !defined.Contains(n)));
    }

    private static string InOutput(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
