using System.Globalization;

namespace MinaKyukyu.FaultWorld.Serving;

/// <summary>Where the server kills itself.</summary>
internal enum FaultPoint
{
    /// <summary>A batch was handed to the store and nothing of it is written.</summary>
    BeforeCommit = 1,

    /// <summary>A batch is durable and nobody has been answered.</summary>
    BetweenCommitAndAnswer = 2,

    /// <summary>At start, after a page of the journal was read and before the rest was.</summary>
    InReplay = 3,
}

/// <summary>A named point and at which visit of it the server dies, from 1.</summary>
internal sealed record Fault(FaultPoint Point, int Visit)
{
    private static readonly Dictionary<string, FaultPoint> Names = new(StringComparer.Ordinal)
    {
        ["before-commit"] = FaultPoint.BeforeCommit,
        ["between-commit-and-answer"] = FaultPoint.BetweenCommitAndAnswer,
        ["in-replay"] = FaultPoint.InReplay,
    };

    public string Name => NameOf(Point);

    public static string NameOf(FaultPoint point) => Names.First(n => n.Value == point).Key;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}:{Visit}");

    /// <exception cref="FormatException">No such point.</exception>
    public static Fault Parse(string name, int visit) =>
        Names.TryGetValue(name, out FaultPoint point)
            ? new Fault(point, visit)
            : throw new FormatException($"{name} is no point.");

    /// <exception cref="FormatException">Not of the form <c>before-commit:3</c>.</exception>
    public static Fault Parse(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length == 2
            ? Parse(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture))
            : throw new FormatException($"{text} is no fault.");
    }
}
