using System.Diagnostics;

namespace MinaKyukyu.Tablet;

/// <summary>The tablet's part of an incident's trace: it begins with a tap, and a command that waits in the queue stays in it.</summary>
public static class TabletTelemetry
{
    public const string SourceName = "MinaKyukyu.Tablet";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// Begins a trace, or a part of the one that is open. Its id goes with every call even when nobody listens here, so that the
    /// server's trace begins with the tap.
    /// </summary>
    public static Activity Begin(string name)
    {
        if (Source.StartActivity(name, ActivityKind.Client) is { } listened)
        {
            return listened;
        }

        var quiet = new Activity(name);
        quiet.SetIdFormat(ActivityIdFormat.W3C);
        // Whoever listens further on shall keep it.
        quiet.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        return quiet.Start();
    }

    internal static Activity? Continue(string name, string? parent)
    {
        if (parent is null)
        {
            return null;
        }

        if (Source.StartActivity(name, ActivityKind.Client, parent) is { } listened)
        {
            return listened;
        }

        var quiet = new Activity(name);
        quiet.SetParentId(parent);
        quiet.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        return quiet.Start();
    }
}
