namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>
/// A committed list of exceptions: lines under the reason that they share, which begins with <c>#</c>. An entry that ends in
/// <c>*</c> stands for all that begins so.
/// </summary>
internal sealed class ReasonedList
{
    private readonly string _name;
    private readonly List<string> _entries = [];
    private readonly List<string> _withoutReason = [];

    private ReasonedList(string name, IEnumerable<string> lines)
    {
        _name = name;
        bool hasReason = false;
        foreach (string line in lines.Select(l => l.Trim()))
        {
            if (line.Length == 0)
            {
                hasReason = false;
            }
            else if (line[0] == '#')
            {
                hasReason |= line.Length > 10;
            }
            else
            {
                _entries.Add(line);
                if (!hasReason)
                {
                    _withoutReason.Add(line);
                }
            }
        }
    }

    public static ReasonedList Read(string name) =>
        Parse(
            name,
            File.ReadAllText(
                Path.Combine(Repository.Root, "tests", "MinaKyukyu.Grpc.Tests", "Surface", name)
            )
        );

    public static ReasonedList Parse(string name, string text) => new(name, text.Split('\n'));

    /// <returns>One sentence for each thing that is missing in the list, each entry that nothing answers to, each without a reason.</returns>
    public IEnumerable<string> Wrong(IReadOnlyCollection<string> found)
    {
        foreach (string thing in found.Where(f => !_entries.Any(e => Covers(e, f))))
        {
            yield return $"Not in {_name}: {thing}";
        }

        foreach (string entry in _entries.Where(e => !found.Any(f => Covers(e, f))))
        {
            yield return $"Stale in {_name}: {entry}";
        }

        foreach (string entry in _withoutReason)
        {
            yield return $"Without a reason in {_name}: {entry}";
        }
    }

    private static bool Covers(string entry, string found) =>
        entry[^1] == '*' ? found.StartsWith(entry[..^1], StringComparison.Ordinal) : found == entry;
}
