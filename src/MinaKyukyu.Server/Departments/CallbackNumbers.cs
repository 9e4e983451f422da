using System.Text;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Departments;

/// <summary>The caller's number, as long as the journal keeps it: until the last unit is cleared.</summary>
internal sealed class CallbackNumbers(IJournal journal)
{
    /// <summary>Empty when none was given, or when it has been erased.</summary>
    public async Task<string> FindAsync(IncidentId incident, CancellationToken stop)
    {
        IReadOnlyList<Perishable> kept = await journal.ReadPerishablesAsync(
            Opening.PerishableScope(incident),
            stop
        );
        Perishable? number = kept.FirstOrDefault(p => p.Name == Opening.CallbackNumber);
        return number is null ? "" : Encoding.UTF8.GetString(number.Value.Span);
    }
}
