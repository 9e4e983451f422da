namespace MinaKyukyu.StandIn.Records;

/// <summary>How the invented source of records behaves.</summary>
public sealed class RecordsOptions
{
    /// <summary>From which all synthetic patients are drawn; the same seed gives the same patients.</summary>
    public int Seed { get; set; } = 20260401;

    /// <summary>How long each answer takes (<c>--record-delay-ms</c>), 0 to 60,000 ms.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.Zero;

    /// <summary>Other delays for single resource types, such as <c>MedicationDispense</c>.</summary>
    public IDictionary<string, TimeSpan> DelayByResource { get; } =
        new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    internal TimeSpan DelayOf(string resource) =>
        DelayByResource.TryGetValue(resource, out TimeSpan own) ? own : Delay;
}
