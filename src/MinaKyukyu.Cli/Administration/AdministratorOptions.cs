using System.CommandLine;
using Grpc.Core;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Server;
using MinaKyukyu.Server.City;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Cli.Administration;

/// <summary>What all commands of the administrator have in common.</summary>
internal static class AdministratorOptions
{
    public static readonly Option<string> Data = new("--data")
    {
        Required = true,
        Description = "data directory of the service",
    };

    public static readonly Option<string> City = new("--city")
    {
        DefaultValueFactory = _ => Checkout.SampleCity,
        Description = "directory with city.json; used when the service is not running",
    };

    public static readonly Option<string> Codes = new("--codes")
    {
        DefaultValueFactory = _ => Checkout.Codes,
        Description = "the year's code tables; used when the service is not running",
    };

    /// <summary>A command that talks to the service; a refusal is one sentence, Japanese first.</summary>
    public static Command WithService(
        Command command,
        Func<AdministratorChannel, ParseResult, CancellationToken, Task<int>> run
    )
    {
        command.Add(Data);
        command.Add(City);
        command.Add(Codes);
        command.SetAction(
            (words, stop) =>
                SayingWhyAsync(async () =>
                {
                    await using AdministratorChannel channel = await AdministratorChannel.OpenAsync(
                        words.GetValue(Data)!,
                        words.GetValue(City)!,
                        words.GetValue(Codes)!,
                        stop
                    );
                    return await run(channel, words, stop);
                })
        );
        return command;
    }

    public static async Task<int> SayingWhyAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (RpcException refused)
        {
            Refusal refusal = Refusal.Of(refused);
            await Console.Error.WriteLineAsync(
                refusal.Sentence.Length > 0
                    ? $"mina: {refusal.Sentence} ({refusal.Reason})"
                    : $"mina: {refused.Status.Detail}"
            );
            return ExitCode.No;
        }
        catch (Exception refused)
            when (refused is FileNotFoundException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync($"mina: {refused.Message}");
            return ExitCode.WrongWords;
        }
        catch (Exception refused)
            when (refused
                    is MinaServerException
                        or DeviceAuthorityException
                        or StoreUnavailableException
                        or CityFileException
                        or CodeBookException
                        or IOException
                        or UnauthorizedAccessException
                        or ArgumentException
            )
        {
            await Console.Error.WriteLineAsync($"mina: {refused.Message}");
            return ExitCode.No;
        }
    }
}
