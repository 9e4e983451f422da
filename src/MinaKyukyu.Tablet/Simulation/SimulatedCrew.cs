using Microsoft.Extensions.Logging;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Tablet.Queue;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>
/// One crew as a program: signs on, tells where it is, and lives through each order according to its script. It uses the tablet as
/// a person would and knows nothing that the wire does not tell it.
/// </summary>
public static class SimulatedCrew
{
    /// <summary>Runs until the wanted number of orders is lived through, or until cancelled.</summary>
    /// <param name="output">Gets one JSON object a line (<c>event</c>, <c>unit</c>, <c>at</c> and what belongs to the event).</param>
    /// <returns>0: every wanted order was lived through, or it was cancelled; 1: it could not sign on.</returns>
    /// <exception cref="IOException">The directory is in use.</exception>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is outside its range.</exception>
    public static async Task<int> RunAsync(
        SimulatedCrewOptions options,
        TextWriter output,
        CancellationToken cancellation,
        TimeProvider? time = null,
        IIdSource? ids = null,
        ILoggerFactory? logs = null
    )
    {
        options.Validate();
        time ??= TimeProvider.System;
        var account = new CrewAccount(output, options.Unit, time);
        using TabletModule tablet = TabletModule.Open(
            TabletOf(options),
            time,
            ids ?? new UuidSource(time),
            options.Seed,
            logs
        );
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task sending = tablet.Queue.RunAsync(ending.Token);
        Task telling = tablet.Positions.RunAsync(ending.Token);
        try
        {
            bool isOnDuty = await SignOnAsync(tablet, options, account, ending.Token);
            if (isOnDuty)
            {
                await new CrewShift(tablet, options, account, time).ServeAsync(ending.Token);
            }

            return isOnDuty ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(sending, telling);
            account.Tell(
                "ended",
                ("waiting_commands", tablet.Queue.WaitingCount),
                ("positions_told", tablet.Positions.ToldCount)
            );
        }
    }

    private static TabletOptions TabletOf(SimulatedCrewOptions options)
    {
        var tablet = new TabletOptions
        {
            Server = options.Server,
            Verifier = options.StandIn,
            Directory = options.Directory,
            Identity = new(options.Device, options.Crew),
            Unit = options.Unit,
        };
        tablet.Positions.BatchEvery = options.BatchEvery;
        return tablet;
    }

    private static async Task<bool> SignOnAsync(
        TabletModule tablet,
        SimulatedCrewOptions options,
        CrewAccount account,
        CancellationToken cancellation
    )
    {
        var request = new SignOnRequest { UnitId = options.Unit.Value };
        if (options.Station is { } station)
        {
            request.Point = new() { Latitude = station.Latitude, Longitude = station.Longitude };
            tablet.Positions.Observe(station, null);
        }

        switch (tablet.Queue.Offer(request))
        {
            case Offer<SignOnResponse>.Queued queued:
                CommandAnswer<SignOnResponse> answer = await queued.Answer.WaitAsync(cancellation);
                if (answer is CommandAnswer<SignOnResponse>.Done done)
                {
                    account.Tell(
                        "signed_on",
                        ("vehicle", done.Response.VehicleId),
                        ("order_token", done.Response.OrderToken),
                        ("tries", done.Tries)
                    );
                    return true;
                }

                string reason = answer is CommandAnswer<SignOnResponse>.Refused refused
                    ? refused.Why.Reason
                    : "SET_ASIDE";
                account.Tell("not_signed_on", ("reason", reason));
                return false;
            default:
                account.Tell("not_signed_on", ("reason", "NOT_QUEUED"));
                return false;
        }
    }
}
