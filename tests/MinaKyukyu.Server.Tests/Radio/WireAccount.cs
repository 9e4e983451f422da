using System.Globalization;
using Xunit.Abstractions;

namespace MinaKyukyu.Server.Tests.Radio;

/// <summary>What each part of an incident costs on a link.</summary>
internal sealed class WireAccount(RadioLink link)
{
    private readonly List<(string Part, WireSpent Spent)> _rows = [];

    public WireSpent Sum => _rows.Aggregate(default(WireSpent), (sum, row) => sum + row.Spent);

    /// <summary>Counts an act, with whatever it leaves trailing behind.</summary>
    public async Task<WireSpent> PartAsync(string part, Func<Task> act)
    {
        WireSpent before = link.Spent;
        await act();
        await link.QuietAsync();
        WireSpent spent = link.Spent - before;
        Add(part, spent);
        return spent;
    }

    public void Add(string part, WireSpent spent) => _rows.Add((part, spent));

    public void Print(ITestOutputHelper output)
    {
        output.WriteLine("| part | up, bytes | down, bytes | segments | with TCP and IP |");
        output.WriteLine("|---|---|---|---|---|");
        foreach ((string part, WireSpent spent) in _rows)
        {
            output.WriteLine(Line(part, spent));
        }

        output.WriteLine(Line("sum", Sum));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Sum.Payload / 1024.0:F1} KiB in the sockets, {Sum.Total / 1024.0:F1} KiB with TCP and IP"
            )
        );
    }

    private static string Line(string part, WireSpent spent) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {part} | {spent.UpBytes:N0} | {spent.DownBytes:N0} | {spent.UpSegments + spent.DownSegments:N0} | {spent.Total:N0} |"
        );
}
