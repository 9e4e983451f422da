using System.Text;
using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

/// <summary>A directory with a map, lists and the run file made of them; gone after the test.</summary>
internal sealed class ImportFolder : IDisposable
{
    /// <summary>Decision and order from 指令, the other stamps by their own names.</summary>
    public const string Usual = """
        canonical,source,format,note
        run_id,番号,category,
        call_received_at,入電,datetime,
        dispatched_at,指令,datetime,
        decided_at,,from:dispatched_at,
        rolling_at,出動,datetime,
        on_scene_at,現着,datetime,
        area,町,category,

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mina-import");

    public string Output => Path.Combine(_folder.FullName, "out.csv");

    public string OutputText => File.ReadAllText(Output);

    /// <summary>The lines of the run file without its header.</summary>
    public string[] Rows => [.. File.ReadAllLines(Output).Skip(1)];

    public IReadOnlyList<string> Files =>
        [.. _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public string Write(string name, string text, Encoding? encoding = null) =>
        Write(name, (encoding ?? new UTF8Encoding(false)).GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string file = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    /// <summary>Imports one list by a map.</summary>
    public RunImportReport Import(string map, string list, Encoding? encoding = null) =>
        RunImport.Run(Write("map.csv", map), [Write("list.csv", list, encoding)], Output);

    /// <summary>How the import is refused, without the folder's name.</summary>
    public string Refusal(string map, string list) =>
        Assert
            .Throws<RunImportException>(() => Import(map, list))
            .Message.Replace(
                _folder.FullName + Path.DirectorySeparatorChar,
                "",
                StringComparison.Ordinal
            );

    public void Dispose() => _folder.Delete(recursive: true);
}
