using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>出動順位表: which station goes first for which town, written down beforehand for the hour when nothing else is known.</summary>
public sealed class StationOrder
{
    private const string Chome = "丁目";
    private const string KanjiDigits = "〇一二三四五六七八九";

    private readonly ImmutableArray<(string Spelling, Town Town)> _towns;

    /// <param name="stations">For a place whose town nobody knows.</param>
    /// <param name="byTown">By the town's name.</param>
    public StationOrder(
        ImmutableArray<StationId> stations,
        IEnumerable<KeyValuePair<string, ImmutableArray<StationId>>> byTown
    )
    {
        Default = stations;
        _towns =
        [
            .. byTown
                .Where(town => !string.IsNullOrWhiteSpace(town.Key))
                .SelectMany(town =>
                    Spellings(Plain(town.Key))
                        .Select(spelling => (spelling, new Town(town.Key, town.Value)))
                )
                // The longest name that fits says most; equally long ones in one fixed order.
                .OrderByDescending(town => town.spelling.Length)
                .ThenBy(town => town.spelling, StringComparer.Ordinal),
        ];
    }

    /// <summary>No order is written down: the plan's own order of stations stands.</summary>
    public static StationOrder None { get; } = new([], []);

    public ImmutableArray<StationId> Default { get; }

    /// <summary>The order of the town named in the address or the landmark; null when none of our towns is.</summary>
    public ImmutableArray<StationId>? FindByTown(Place place) => Find(place)?.Stations;

    /// <summary>The town named in the address or the landmark, as the order writes it; null when none of our towns is.</summary>
    public string? FindTown(Place place) => Find(place)?.Name;

    private Town? Find(Place place) => Find(place.Address) ?? Find(place.Landmark);

    private Town? Find(string text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        string spoken = Plain(text);
        foreach ((string spelling, Town town) in _towns)
        {
            if (spoken.Contains(spelling, StringComparison.Ordinal))
            {
                return town;
            }
        }

        return null;
    }

    /// <summary>"曙町二丁目" is also written "曙町2丁目" and "曙町2-"; a longer number is another chome.</summary>
    private static IEnumerable<string> Spellings(string town)
    {
        yield return town;
        if (
            town.EndsWith(Chome, StringComparison.Ordinal)
            && town.Length > Chome.Length + 1
            && KanjiDigits.IndexOf(town[^(Chome.Length + 1)], StringComparison.Ordinal)
                is var digit
                    and > 0
            && !KanjiDigits.Contains(town[^(Chome.Length + 2)], StringComparison.Ordinal)
            && town[^(Chome.Length + 2)] != '十'
        )
        {
            string name = town[..^(Chome.Length + 1)];
            string number = digit.ToString(CultureInfo.InvariantCulture);
            yield return name + number + Chome;
            yield return name + number + "-";
        }
    }

    /// <summary>Full and half width alike, hyphens of every kind as one, no spaces.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in Normalized(text))
        {
            if (c is '‐' or '‑' or '‒' or '–' or '—' or '−' or 'ー' or 'の')
            {
                plain.Append('-');
            }
            else if (!char.IsWhiteSpace(c))
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    private static string Normalized(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair is no text, but no reason to leave a call unanswered either.
            return text;
        }
    }

    private sealed record Town(string Name, ImmutableArray<StationId> Stations);
}
