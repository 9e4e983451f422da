using System.Globalization;
using System.Text.Json;
using MinaKyukyu.Forecasting.Evaluation;

namespace MinaKyukyu.Cli.Model;

/// <summary>What departments without history get, for people and for machines.</summary>
internal static class NewcomerTable
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Newcomer> newcomers)
    {
        json.WriteStartObject("cold_start");
        foreach (Newcomer newcomer in newcomers)
        {
            json.WriteStartObject(newcomer.Word);
            for (int i = 0; i < ColdStart.Stages.Length; i++)
            {
                string name = ColdStart.Stages[i].ToString(CultureInfo.InvariantCulture);
                if (newcomer.Stages[i] is not { } stage)
                {
                    json.WriteNull(name);
                    continue;
                }

                json.WriteStartObject(name);
                json.WriteNumber("n", stage.Runs);
                json.WriteNumber("mae_seconds", Math.Round(stage.MaeSeconds, 6));
                json.WriteNumber("coverage_p10", Math.Round(stage.CoverageP10, 6));
                json.WriteNumber("coverage_p90", Math.Round(stage.CoverageP90, 6));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void Print(IReadOnlyList<Newcomer> newcomers)
    {
        Console.Out.WriteLine(
            "新規本部 newcomer / 自隊の件数 own runs: MAE, 被覆率 coverage P10, P90"
        );
        foreach (Newcomer newcomer in newcomers)
        {
            Console.Out.WriteLine(newcomer.Word);
            foreach (Stage? stage in newcomer.Stages)
            {
                if (stage is not null)
                {
                    Console.Out.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"  {stage.OwnRuns, 6}  {stage.MaeSeconds, 6:0.0} s  {stage.CoverageP10, 7:0.0 %}  {stage.CoverageP90, 7:0.0 %}  (n {stage.Runs})"
                        )
                    );
                }
            }
        }
    }
}
