using System.CommandLine;

namespace MinaKyukyu.Cli.Audit;

/// <summary><c>mina audit disclosure</c>: everything the chain says of one patient, for that patient.</summary>
internal static class DisclosureCommand
{
    private static readonly Option<string> Data = AuditWords.Data();
    private static readonly Option<string> PatientRef = new("--patient-ref") { Required = true };
    private static readonly Option<bool> Json = AuditWords.Json();

    public static Command Build()
    {
        Command disclosure = new(
            "disclosure",
            "一人の傷病者の閲覧記録 / who saw this patient's record"
        )
        {
            Data,
            PatientRef,
            Json,
        };
        disclosure.SetAction(
            (words, stop) =>
                AuditReading.RunAsync(
                    "audit disclosure",
                    words.GetValue(Data)!,
                    async archive =>
                    {
                        string patient = words.GetValue(PatientRef)!;
                        var trails = await AuditReading.TrailsAsync(archive, stop);
                        return await TrailReport.WriteAsync(
                            [.. trails.Where(t => t.PatientRef.Value == patient)],
                            $"閲覧記録(開示用) / record of views for disclosure: {patient}",
                            words.GetValue(Json)
                        );
                    },
                    stop
                )
        );
        return disclosure;
    }
}
