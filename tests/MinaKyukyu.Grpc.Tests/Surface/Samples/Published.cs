// Small stand-ins for a package and for our own version of it with one difference each; only their metadata is read.
#pragma warning disable
namespace MinaKyukyu.GrpcTests.Surface.Samples.Published;

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

public abstract class Base
{
    protected Base() { }

    protected internal virtual string Name => "";
    public abstract string this[int index] { get; }

    protected abstract void Core();

    private protected void Hidden() { }

    public override string ToString() => "";

    protected class Configuration;

    internal class Secret;
}

public interface IReader<out T>
{
    T Current { get; }
    static virtual int Count => 0;
}

[Flags]
public enum Hints : short
{
    None,
    Soon = 4,
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
public class MarkAttribute : Attribute;

public delegate Task<TResponse> Method<in TRequest, TResponse>(TRequest request, Hints? hints);

public readonly struct Place;

public static class Extensions
{
    public static void Read<T>(this IReader<T> reader) { }
}

public sealed class Different
{
    public void Renamed() { }

    public void Reordered(int first, string second) { }

    public void ParameterRenamed(int first) { }

    public void MadeOptional(int first) { }

    public void DefaultChanged(int first = 1) { }

    public void Constrained<T>() { }

    public Task<int> Returned() => null;

    public void MadeStatic() { }

    public void ByReference(ref int first) { }

    public string Settable { get; set; }

    public const int Number = 1;
}

public class Closed;

public class Derived : Exception;

public interface IToImplement
{
    void Known();
    void Unknown();
}

public class Once
{
    public Once() { }
}
