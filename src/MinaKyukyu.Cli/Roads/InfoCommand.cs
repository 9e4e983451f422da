using System.CommandLine;
using System.Globalization;
using MinaKyukyu.Cli.Audit;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Files;

namespace MinaKyukyu.Cli.Roads;

/// <summary><c>mina roads info</c>: what a road file is, and whether every part of it is whole.</summary>
internal static class InfoCommand
{
    private static readonly Option<string> File = RoadOptions.File();
    private static readonly Option<bool> Json = RoadOptions.Json();

    private static readonly Option<bool> Verify = new("--verify")
    {
        Description = "全区画の検査 / check every section; exit 1 where one is damaged",
    };

    public static Command Build()
    {
        Command info = new("info", "道路ファイルの内容 / what a road file holds")
        {
            File,
            Verify,
            Json,
        };
        info.SetAction(words =>
            RoadOptions.Run(() =>
                Run(words.GetRequiredValue(File), words.GetValue(Verify), words.GetValue(Json))
            )
        );
        return info;
    }

    private static int Run(string file, bool verify, bool asJson)
    {
        IReadOnlyList<RoadSectionState> sections = RoadFiles.ListSections(file, verify);
        bool isWhole = sections.All(section => section.Damage is null);
        // A file whose own description is damaged is still told section by section.
        RoadFileInfo? info = sections.Any(s => s.Name == "info" && s.Damage is not null)
            ? null
            : RoadFiles.Describe(file);
        if (asJson)
        {
            Console.Out.WriteLine(Line(info, sections, verify, isWhole));
        }
        else
        {
            Print(info, sections, verify);
        }

        return isWhole ? ExitCode.Done : ExitCode.No;
    }

    private static string Line(
        RoadFileInfo? info,
        IReadOnlyList<RoadSectionState> sections,
        bool verify,
        bool isWhole
    ) =>
        JsonLine.Of(json =>
        {
            if (info is not null)
            {
                json.WriteNumber("nodes", info.Report.Nodes);
                json.WriteNumber("edges", info.Report.Edges);
                json.WriteNumber("components", info.Report.StronglyConnectedComponents);
                json.WriteNumber("largest_component_nodes", info.Report.LargestComponentNodes);
                json.WriteString("fingerprint", info.Fingerprint);
                json.WriteString("attribution", info.Attribution);
            }

            if (verify)
            {
                json.WriteBoolean("whole", isWhole);
            }

            json.WriteStartArray("sections");
            foreach (RoadSectionState section in sections)
            {
                json.WriteStartObject();
                json.WriteString("name", section.Name);
                json.WriteNumber("bytes", section.Bytes);
                if (section.Damage is { } damage)
                {
                    json.WriteString("damage", damage);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private static void Print(
        RoadFileInfo? info,
        IReadOnlyList<RoadSectionState> sections,
        bool verify
    )
    {
        if (info is not null)
        {
            Console.Out.WriteLine(
                $"""
                交差点 nodes        {info.Report.Nodes}
                道路 edges          {info.Report.Edges}
                連結成分 components {info.Report.StronglyConnectedComponents} ({info.Report.LargestComponentNodes} nodes in the largest)
                指紋 fingerprint    {info.Fingerprint}
                出典 source         {info.Attribution}
                """
            );
        }

        foreach (RoadSectionState section in sections)
        {
            string state = section.Damage ?? (verify ? "正常 whole" : "");
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {section.Name, -28} {section.Bytes, 12} bytes  {state}"
                )
            );
        }
    }
}
