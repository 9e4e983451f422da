using System.Diagnostics;

namespace MinaKyukyu.Architecture.Tests.Packages;

/// <summary>What a program said and how it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output);

/// <summary>Runs a program to its end, or to the end of the time that it is given.</summary>
internal static class Command
{
    /// <summary><c>dotnet</c> without anything that the running test host left in the environment, and without helpers that outlive it.</summary>
    public static Task<CommandResult> DotnetAsync(
        string folder,
        TimeSpan within,
        params string[] arguments
    ) => RunAsync("dotnet", folder, within, [.. arguments, "-nodeReuse:false", "--nologo"]);

    /// <exception cref="TimeoutException">It took longer; it and its children were ended.</exception>
    public static async Task<CommandResult> RunAsync(
        string program,
        string folder,
        TimeSpan within,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsLeftByTheHost).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var end = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"'{program} {string.Join(' ', arguments)}' had not ended after {within.TotalMinutes} minutes. Is the package source slow or out of reach?",
                late
            );
        }

        return new CommandResult(process.ExitCode, await output + await errors);
    }

    /// <summary>Build servers and properties of the build that runs these tests must not reach the one that is tested.</summary>
    private static bool IsLeftByTheHost(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("GIT_", StringComparison.Ordinal)
        || name.Equals("PublicPackages", StringComparison.OrdinalIgnoreCase);
}
