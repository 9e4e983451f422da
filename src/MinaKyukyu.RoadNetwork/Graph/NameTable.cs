using System.Text;

namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>Many names in one piece of UTF-8; each becomes a string when it is asked for. Immutable.</summary>
internal sealed class NameTable(byte[] utf8, int[] first)
{
    public int Count => First.Length - 1;

    public byte[] Utf8 { get; } = utf8;

    /// <summary>Name n stands in <see cref="Utf8"/> from <c>First[n]</c> to before <c>First[n + 1]</c>.</summary>
    public int[] First { get; } = first;

    public string this[int number] =>
        Encoding.UTF8.GetString(Utf8.AsSpan(First[number]..First[number + 1]));

    public static NameTable Of(IReadOnlyList<string> names)
    {
        var first = new int[names.Count + 1];
        for (int name = 0; name < names.Count; name++)
        {
            first[name + 1] = first[name] + Encoding.UTF8.GetByteCount(names[name]);
        }

        var utf8 = new byte[first[^1]];
        for (int name = 0; name < names.Count; name++)
        {
            Encoding.UTF8.GetBytes(names[name], utf8.AsSpan(first[name]));
        }

        return new NameTable(utf8, first);
    }
}
