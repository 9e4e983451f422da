using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>What a page told: the promises that were kept, in order, and the one that broke the run.</summary>
internal sealed record PageWords(string[] Kept, string? Broken);

/// <summary>
/// Debian's Chromium without a window, on a page that calls through <c>@connectrpc/connect-web</c> (<c>peers/browser</c>). Nothing is
/// bundled: the page's import map names the packages' own modules.
/// </summary>
internal static class Chromium
{
    private const string Needs = "/usr/bin/chromium: apt-get install chromium";

    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    /// <summary>Opens the page, lets it call a server of another origin, and waits for its word.</summary>
    /// <param name="grpc">Origin of the gRPC-Web server.</param>
    public static async Task<PageWords> CallAsync(Uri grpc)
    {
        var told = new TaskCompletionSource<PageWords>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        await using var pages = await ServePageAsync(told);
        using var profile = new TemporaryFolder();
        using var browser = PeerProcess.Start(
            "/usr/bin/chromium",
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // The certificate is the test's own; whether it is trusted is not the question here.
                "--ignore-certificate-errors",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile.PathOf("profile")}",
                $"{pages.Urls.Single()}/?grpc={Uri.EscapeDataString(grpc.OriginalString)}",
            ],
            Needs
        );
        return await told.Task.WaitAsync(PeerProcess.Patience);
    }

    private static async Task<WebApplication> ServePageAsync(TaskCompletionSource<PageWords> told)
    {
        var folder = Peer.FolderOf("browser");
        var modules = Path.Combine(folder, "node_modules");
        if (!Directory.Exists(modules))
        {
            throw new InvalidOperationException(
                "This test needs connect-web: npm ci in tests/MinaKyukyu.Grpc.Tests/peers/browser"
            );
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(modules),
                RequestPath = "/modules",
            }
        );
        app.MapGet("/", () => Results.File(Path.Combine(folder, "page.html"), "text/html"));
        app.MapGet(
            "/promises.js",
            () => Results.File(Path.Combine(folder, "promises.js"), "text/javascript")
        );
        app.MapGet("/descriptors", () => Results.Bytes(RichStatus.Descriptors()));
        app.MapPost(
            "/told",
            async (HttpRequest request) =>
                told.TrySetResult(
                    (await JsonSerializer.DeserializeAsync<PageWords>(request.Body, Camel))!
                )
        );
        await app.StartAsync();
        return app;
    }
}
