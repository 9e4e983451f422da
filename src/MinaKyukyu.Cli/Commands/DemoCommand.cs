using System.CommandLine;
using System.Text.Json.Nodes;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Cli.Demo;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Server.City;
using MinaKyukyu.Storage;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina demo</c>: the main job, with every side of it in a process of its own.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "one JSON object as the last line",
    };
    private static readonly Option<bool> Stay = new("--stay")
    {
        Description = "leave it running, with the city alive",
    };

    public static Command Build()
    {
        Command demo = new("demo", "主な流れを一通り実演します / the main job, start to end")
        {
            Json,
            Stay,
        };
        demo.SetAction((words, stop) => RunAsync(words.GetValue(Json), words.GetValue(Stay), stop));
        return demo;
    }

    private static async Task<int> RunAsync(bool json, bool stay, CancellationToken stop)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("mina-demo-");
        var account = new DemoAccount();
        var figures = new DemoFigures();
        var crews = new CrewReports();
        try
        {
            var processes = new DemoProcesses(directory.FullName, crews.Hear);
            await using (processes)
            {
                await LiveAsync(processes, crews, account, figures, stay, stop);
            }

            await CheckAfterwardsAsync(processes, account, figures);
        }
        catch (Exception failure)
            when (failure is DemoException or OperationCanceledException or Grpc.Core.RpcException)
        {
            figures.Failures.Add(failure.Message);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        foreach (string failure in figures.Failures)
        {
            account.Bad(failure);
        }

        if (json)
        {
            await Console.Out.WriteLineAsync(figures.ToJson());
        }

        return figures.Failures.Count == 0 ? ExitCode.Done : ExitCode.No;
    }

    private static async Task LiveAsync(
        DemoProcesses processes,
        CrewReports crews,
        DemoAccount account,
        DemoFigures figures,
        bool stay,
        CancellationToken stop
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        var run = new DemoRun(
            processes,
            crews,
            account,
            figures,
            CodeBook.Parse(await File.ReadAllTextAsync(Checkout.Codes, limit.Token), Checkout.Codes)
        );
        await run.StartAsync(SampleCity.Plan(Checkout.SampleCity), limit.Token);
        await run.LiveMainAsync(limit.Token);
        await run.LiveOthersAsync(limit.Token);
        await run.ReconcileAsync();
        await run.CountAsync();
        figures.UpstreamRequests = await CountUpstreamAsync(processes.StandInAddress);
        if (stay)
        {
            await new LivingCity(processes, crews, account).LiveAsync(stop);
        }

        await EndAsync(processes, crews, figures);
    }

    private static async Task<long> CountUpstreamAsync(Uri standIn)
    {
        using var http = new HttpClient
        {
            BaseAddress = standIn,
            Timeout = TimeSpan.FromSeconds(5),
        };
        JsonNode? counts = JsonNode.Parse(
            await http.GetStringAsync(new Uri("counts", UriKind.Relative))
        );
        return (counts?["counts"] as JsonObject ?? [])
            .Where(c => c.Key.StartsWith("records.", StringComparison.Ordinal))
            .Sum(c => (long)c.Value!);
    }

    /// <summary>Ends every process by name; what it returns is part of the answer.</summary>
    private static async Task EndAsync(
        DemoProcesses processes,
        CrewReports crews,
        DemoFigures figures
    )
    {
        int[] exits = await Task.WhenAll(processes.Crews.Select(c => c.EndAsync()));
        foreach ((ChildProcess crew, int exit) in processes.Crews.Zip(exits))
        {
            figures.Require(
                exit == 0,
                $"{crew.Name} ended with {exit}: {string.Join(' ', crew.Complaints)}"
            );
        }

        long waiting = crews.Of("ended").Sum(r => (long?)r["waiting_commands"] ?? 0);
        figures.Require(waiting == 0, $"{waiting} commands were left unanswered on tablets");
        int server = await processes.Service!.EndAsync();
        int standIn = await processes.StandIn!.EndAsync();
        figures.Require(server == 0, $"the server ended with {server}");
        figures.Require(standIn == 0, $"the stand-in ended with {standIn}");
        figures.Processes["stand_in"] = standIn;
        figures.Processes["server"] = server;
        figures.Processes["crews"] = exits.Count(exit => exit == 0);
        figures.Processes["redis"] = processes.Redis is null ? "absent" : "killed";
    }

    /// <summary>The data directory is read when its owner has gone.</summary>
    private static async Task CheckAfterwardsAsync(
        DemoProcesses processes,
        DemoAccount account,
        DemoFigures figures
    )
    {
        IReadOnlyList<AuditVerdict> verdicts = await AuditFiles.VerifyAsync(
            processes.Data,
            CancellationToken.None
        );
        figures.AuditRows = verdicts.Sum(v => v.VerifiedRows);
        figures.AuditVerified = verdicts.Count > 0 && verdicts.All(v => v.IsSound);
        figures.Require(figures.AuditVerified, "the audit chain does not verify");
        await CheckCardsAsync(processes, account, figures);
        int left = processes.All.Count(p => p.ExitCode is null);
        figures.Require(left == 0, $"{left} processes are left");
        if (figures.AuditVerified)
        {
            account.Good($"audit chain: verified({figures.AuditRows}行 / rows)");
        }
    }

    /// <summary>
    /// Each card's revocation was known when it was let in, and mostly from the responder. One whose answer does not come in time on a
    /// busy machine is let in by the signed list instead, and the account says so.
    /// </summary>
    private static async Task CheckCardsAsync(
        DemoProcesses processes,
        DemoAccount account,
        DemoFigures figures
    )
    {
        IReadOnlyList<JsonNode> granted = await AuditFiles.ReadDetailsAsync(
            processes.Data,
            AccessDecisions.GrantedEvent,
            CancellationToken.None
        );
        ILookup<string, JsonNode> tiers = granted.ToLookup(g => g["revocation"]?.ToString() ?? "");
        figures.CardsByAnswer = tiers[nameof(RevocationTier.OcspFresh)].Count();
        figures.CardsByList = tiers[nameof(RevocationTier.CrlOnly)].Count();
        int otherwise = granted.Count - figures.CardsByAnswer - figures.CardsByList;
        figures.Require(otherwise == 0, $"{otherwise} cards were let in on nothing fresh");
        figures.Require(
            figures.CardsByAnswer > figures.CardsByList,
            $"the responder answered in time for {figures.CardsByAnswer} of {granted.Count} cards"
        );
        account.Good(
            $"失効確認: 最新の回答 {figures.CardsByAnswer}件、失効リスト {figures.CardsByList}件"
                + $" / {figures.CardsByAnswer} cards checked by the responder's answer, {figures.CardsByList} by the signed list"
        );
    }
}
