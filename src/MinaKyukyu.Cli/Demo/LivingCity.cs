using MinaKyukyu.Contracts.Dispatch.V1;

namespace MinaKyukyu.Cli.Demo;

/// <summary>The city goes on: an incident every now and then, until somebody ends it.</summary>
internal sealed class LivingCity(DemoProcesses processes, CrewReports crews, DemoAccount account)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(12);

    public async Task LiveAsync(CancellationToken stop)
    {
        account.Title("稼働中(Ctrl+Cで終了) / running, end with Ctrl+C");
        account.Step(
            "画面",
            $"{processes.WebAddress}board  {processes.WebAddress}crew  {processes.WebAddress}report"
        );
        foreach (string link in processes.SignInLinks)
        {
            account.Step("入口", link);
        }

        using DispatcherDesk desk = new(processes.GrpcAddress);
        DemoIncident[] day =
        [
            DemoPlan.Main,
            .. DemoPlan.Others.Where(i =>
                !i.Script.StartsWith("cancelled", StringComparison.Ordinal)
            ),
        ];
        try
        {
            for (int i = 0; ; i = (i + 1) % day.Length)
            {
                await OpenOneAsync(desk, day[i]);
                await Task.Delay(Between, stop);
            }
        }
        catch (OperationCanceledException)
        {
            account.Step("終了", $"{crews.Of("run_ended").Count()}件 / runs");
        }
    }

    private static async Task OpenOneAsync(DispatcherDesk desk, DemoIncident incident)
    {
        Recommendation advice = await desk.RecommendAsync(await desk.OpenAsync(incident));
        if (advice.NobodyReason is null && advice.Candidates.Count > 0)
        {
            await desk.AssignAsync(advice, advice.Candidates[0].UnitId, null);
        }
    }
}
