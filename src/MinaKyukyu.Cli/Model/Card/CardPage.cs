using System.Reflection;
using MinaKyukyu.Cli.Model.Card.Sections;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card;

/// <summary>The whole card: one file, no script, nothing fetched; also well-formed as XML.</summary>
internal static class CardPage
{
    /// <summary>The stylesheet must hold no markup of its own: it goes in as it stands.</summary>
    private static readonly string Look = ReadLook();

    public static string Draw(CardSubject subject)
    {
        Html body = Html.Of(
            $"""
            {CardHead.Draw(subject)}
            <main>
            {KeyFigures.Draw(subject.Figures)}
            {PromisesKept.Draw(subject.Figures)}
            {ErrorsByGroup.Draw(subject.Figures)}
            {WhatItLooksAt.Draw(subject.Figures)}
            {WorkedExamples.Draw(subject.Figures)}
            {Limits.Draw(subject)}
            </main>
            """
        );
        Html title = Html.Of(
            $"モデルカード {subject.Model.Manifest.Name} {subject.Model.Manifest.Version}"
        );
        return $"""
            <!DOCTYPE html>
            <html lang="ja">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <title>{title}</title>
            <style>
            {Look}</style>
            </head>
            <body>
            {body}
            </body>
            </html>

            """;
    }

    private static string ReadLook()
    {
        using Stream look =
            Assembly.GetExecutingAssembly().GetManifestResourceStream("card.css")
            ?? throw new InvalidOperationException("card.css is not in this program.");
        using var reader = new StreamReader(look);
        return reader.ReadToEnd();
    }
}
