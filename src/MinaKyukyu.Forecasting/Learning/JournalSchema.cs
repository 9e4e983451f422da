using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Learning;

/// <summary>The schema of a department's own runs: <c>samples/schemas/journal.json</c>, as it was when the program was built.</summary>
public static class JournalSchema
{
    private static readonly Lazy<RunSchema> s_own = new(Read);

    public static RunSchema Own => s_own.Value;

    private static RunSchema Read()
    {
        using Stream from =
            typeof(JournalSchema).Assembly.GetManifestResourceStream("journal.json")
            ?? throw new System.Diagnostics.UnreachableException("journal.json is not embedded");
        using var bytes = new MemoryStream();
        from.CopyTo(bytes);
        return RunSchemaFile.Parse(bytes.ToArray(), "journal.json");
    }
}
