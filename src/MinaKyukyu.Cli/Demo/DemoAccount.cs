using System.Globalization;
using Spectre.Console;

namespace MinaKyukyu.Cli.Demo;

/// <summary>The readable account, on standard error: what happened, in the order in which it did.</summary>
internal sealed class DemoAccount
{
    /// <summary>Where standard error is no terminal, a line is as long as a sentence in two languages needs.</summary>
    private const int WidthWithoutTerminal = 240;

    private readonly IAnsiConsole _console = Console();
    private readonly Lock _gate = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();

    public void Title(string text) => Write($"\n[bold]{Markup.Escape(text)}[/]");

    public void Step(string who, string what) =>
        Write($"[grey]{Clock}[/] [aqua]{Markup.Escape(who.PadRight(6))}[/] {Markup.Escape(what)}");

    public void Good(string what) => Write($"[grey]{Clock}[/] [green]✔[/] {Markup.Escape(what)}");

    public void Bad(string what) => Write($"[grey]{Clock}[/] [red]✘ {Markup.Escape(what)}[/]");

    public void Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (string column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        lock (_gate)
        {
            _console.Write(table);
        }
    }

    private static IAnsiConsole Console()
    {
        bool isPlain = System.Console.IsErrorRedirected;
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(System.Console.Error),
                Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            }
        );
        if (isPlain)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        return console;
    }

    private string Clock =>
        TimeProvider
            .System.GetElapsedTime(_began)
            .TotalSeconds.ToString("00.0", CultureInfo.InvariantCulture);

    private void Write(string markup)
    {
        lock (_gate)
        {
            _console.MarkupLine(markup);
        }
    }
}
