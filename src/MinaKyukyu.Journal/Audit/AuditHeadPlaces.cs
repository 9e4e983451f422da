using Microsoft.Extensions.Logging;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Journal.Audit;

/// <summary>All places that keep the signed heads, each with its own export: one that fails or hangs holds up no other.</summary>
internal sealed class AuditHeadPlaces : IDisposable
{
    private readonly TimeProvider time;
    private readonly JournalOptions options;
    private readonly ILogger logger;
    private readonly AuditHeadSigner? signer;
    private readonly IReadOnlyList<AuditHeadExport> exports;

    /// <param name="keeping">Null when no head is signed; the signer is disposed of with this.</param>
    public AuditHeadPlaces(
        AuditHeadKeeping? keeping,
        TimeProvider time,
        JournalOptions options,
        ILogger logger
    )
    {
        this.time = time;
        this.options = options;
        this.logger = logger;
        signer = keeping?.Signer;
        exports = keeping is null
            ? []
            :
            [
                .. keeping.Shelves.Select(shelf => new AuditHeadExport(
                    keeping.Signer,
                    shelf,
                    time,
                    options.AuditHeadInterval,
                    logger
                )),
            ];
    }

    /// <summary>Notes ends that are durable; they are signed and exported on other threads than the caller's.</summary>
    public void Note(IReadOnlyList<AuditEnd> ends)
    {
        foreach (AuditHeadExport export in exports)
        {
            export.Note(ends);
        }
    }

    /// <summary>All shelves at once; one that hangs, such as a share whose server is gone, does not hold up the end.</summary>
    public async Task ExportLastAsync()
    {
        foreach (
            (AuditHeadExport export, Task done) in exports
                .Select(export => (export, Task.Run(export.ExportNow)))
                .ToList()
        )
        {
            try
            {
                await done.WaitAsync(options.LastHeadLimit, time);
            }
            catch (TimeoutException)
            {
                JournalLog.LastHeadLate(logger, export.Place, options.LastHeadLimit);
            }
        }
    }

    public void Dispose()
    {
        foreach (AuditHeadExport export in exports)
        {
            export.Dispose();
        }

        signer?.Dispose();
    }
}
