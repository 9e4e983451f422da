using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using MinaKyukyu.StandIn;

if (StandInOptions.Parse(args, out string problem) is not { } options)
{
    await Console.Error.WriteLineAsync(problem).ConfigureAwait(false);
    await Console.Error.WriteLineAsync(StandInOptions.Usage).ConfigureAwait(false);
    return 2;
}

await using WebApplication app = StandInApp.Build(options, TimeProvider.System);
try
{
    await app.StartAsync().ConfigureAwait(false);
}
catch (IOException failure)
{
    await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
    return 1;
}

await Console.Out.WriteLineAsync($"ready {app.Urls.First()}").ConfigureAwait(false);
await Console.Out.FlushAsync().ConfigureAwait(false);
await app.WaitForShutdownAsync().ConfigureAwait(false);
return 0;
