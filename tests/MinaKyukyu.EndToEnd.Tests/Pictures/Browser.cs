using System.Diagnostics;
using System.Globalization;

namespace MinaKyukyu.EndToEnd.Tests.Pictures;

/// <summary>Debian's Chromium without a window; it talks to this machine alone.</summary>
internal static class Browser
{
    public const int Width = 1400;
    public const int Height = 900;
    private const string Program = "/usr/bin/chromium";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    /// <summary>Opens an address and writes what a person would see.</summary>
    public static async Task PhotographAsync(Uri address, string file)
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("mina-chromium-");
        try
        {
            using Process chromium = Process.Start(StartOf(address, file, profile.FullName))!;
            chromium.StandardInput.Close();
            Task<string> complaints = chromium.StandardError.ReadToEndAsync();
            Task<string> words = chromium.StandardOutput.ReadToEndAsync();
            using var limit = new CancellationTokenSource(Within);
            try
            {
                await chromium.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException late)
            {
                chromium.Kill(entireProcessTree: true);
                throw new TimeoutException(
                    $"Chromium took longer than {Within.TotalSeconds:0} s.",
                    late
                );
            }

            Assert.True(chromium.ExitCode == 0, $"chromium: {await words} {await complaints}");
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo StartOf(Uri address, string file, string profile)
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] words =
        [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--lang=ja",
            $"--user-data-dir={profile}",
            string.Create(CultureInfo.InvariantCulture, $"--window-size={Width},{Height}"),
            $"--screenshot={file}",
            address.ToString(),
        ];
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        return start;
    }
}
