using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace MinaKyukyu.Server.Pages.Markup;

/// <summary>
/// Markup that may be sent as it is. It is made from literals of our own lines, into whose holes everything goes encoded;
/// only other markup goes in as it stands. So a text cannot become markup, whoever wrote it.
/// </summary>
public readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    public static Html Nothing => default;

    /// <summary>Attribute values stand in double quotes; holes stand in text or in such a value, nowhere else.</summary>
    public static Html Of(HtmlWriter writer) => new(writer.ToString());

    public static Html Join(IEnumerable<Html> parts) =>
        new(string.Concat(parts.Select(p => p.ToString())));

    public override string ToString() => _markup ?? "";
}

/// <summary>Writes what stands in <c>Html.Of($"…")</c>: literals as they are, values encoded, numbers the same in every country.</summary>
[InterpolatedStringHandler]
public readonly struct HtmlWriter(int literalLength, int formattedCount)
{
    /// <summary>Japanese stays readable in the page's source; what markup is made of never does.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _out = new(literalLength + (16 * formattedCount));

    public void AppendLiteral(string markup) => _out.Append(markup);

    public void AppendFormatted(string? text) => _out.Append(Encoder.Encode(text ?? ""));

    public void AppendFormatted(Html markup) => _out.Append(markup.ToString());

    public void AppendFormatted(IEnumerable<Html> markups)
    {
        foreach (Html markup in markups)
        {
            _out.Append(markup.ToString());
        }
    }

    /// <exception cref="ArgumentException">A collection: only markup can be listed.</exception>
    public void AppendFormatted<T>(T value, string? format = null)
    {
        if (value is IEnumerable and not string)
        {
            throw new ArgumentException(
                "A list of values is no text; make each of them markup first.",
                nameof(value)
            );
        }

        AppendFormatted(
            value is IFormattable formattable
                ? formattable.ToString(format, CultureInfo.InvariantCulture)
                : value?.ToString()
        );
    }

    public override string ToString() => _out.ToString();
}
