namespace MinaKyukyu.Benchmarks.Measuring;

/// <summary>How busy the machine is with everything that runs on it.</summary>
internal static class Load
{
    private const string File = "/proc/loadavg";

    /// <summary>Mean number of running processes over the last minute, where the system tells.</summary>
    public static string Now =>
        System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File).Split(' ')[0] : "unknown";
}
