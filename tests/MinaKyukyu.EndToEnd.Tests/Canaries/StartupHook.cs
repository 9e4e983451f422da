using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

/// <summary>
/// A service that leaks, made from the real one: the runtime calls this before <c>Main</c> in a process whose environment names this
/// assembly, and only the test of leaks sets it.
/// </summary>
[SuppressMessage(
    "Design",
    "MA0047:Declare types in namespaces",
    Justification = "The runtime looks for this name."
)]
[SuppressMessage(
    "Design",
    "CA1050:Declare types in namespaces",
    Justification = "The runtime looks for this name."
)]
internal static class StartupHook
{
    private const string What = "MINA_TEST_LEAK";

    /// <summary>The environment in which a service writes this text into its log and its traces.</summary>
    public static (string Name, string Value)[] Leaking(string text) =>
        [("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location), (What, text)];

    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        string? text = Environment.GetEnvironmentVariable(What);
        if (text is null)
        {
            return;
        }

        ActivitySource.AddActivityListener(
            new ActivityListener
            {
                ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore",
                Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStarted = activity =>
                {
                    activity.SetTag("test.medicine", text);
                    Console.Error.WriteLine($"info: prescribed: {text}");
                },
            }
        );
    }
}
