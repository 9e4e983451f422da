// See Published.cs.
#pragma warning disable
namespace MinaKyukyu.GrpcTests.Surface.Samples.Ours;

public sealed class Same<T> : IDisposable
    where T : class, new()
{
    public const int Answer = 42;
    public static readonly string Word = "";

    public Same(in int size, string name = "none", CancellationToken token = default) { }

    public T Value { get; init; }
    public Part Free { get; private set; }

    public TOut Take<TOut>(ref T given, out int left, params object[] rest)
        where TOut : struct, IComparable<TOut>
    {
        left = 0;
        return default;
    }

    [Obsolete]
    public void Old() { }

    public event EventHandler Done;

    public void Dispose() { }

    public class Part;
}

public sealed class Different
{
    public void NamedAnew() { }

    public void Reordered(string second, int first) { }

    public void ParameterRenamed(int one) { }

    public void MadeOptional(int first = 0) { }

    public void DefaultChanged(int first = 2) { }

    public void Constrained<T>()
        where T : class { }

    public ValueTask<int> Returned() => default;

    public static void MadeStatic() { }

    public void ByReference(in int first) { }

    public string Settable { get; init; }

    public const int Number = 2;
}

public sealed class Closed;

public class Derived : InvalidOperationException;

public interface IToImplement
{
    void Known();
}

public class Once
{
    protected Once() { }
}

public class Invented;
