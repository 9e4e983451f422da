using System.Collections.Immutable;

namespace MinaKyukyu.Forecasting.Runs;

/// <summary>Runs that arrived, column by column, in the order in which they were decided. Immutable.</summary>
public sealed class RunTable
{
    private readonly float[]?[] _numbers;
    private readonly CategoryColumn?[] _categories;

    internal RunTable(
        RunSchema schema,
        long[] decidedAt,
        float[] observed,
        float[]?[] numbers,
        CategoryColumn?[] categories
    )
    {
        Schema = schema;
        DecidedAtMs = decidedAt;
        ObservedSeconds = observed;
        _numbers = numbers;
        _categories = categories;
        Clock = LocalClock.Of(schema, decidedAt);
    }

    public RunSchema Schema { get; }

    public int Count => DecidedAtMs.Length;

    /// <summary>Moments of decision, in milliseconds since 1970 UTC; rising.</summary>
    internal long[] DecidedAtMs { get; }

    /// <summary>Seconds from the decision until on scene.</summary>
    internal float[] ObservedSeconds { get; }

    internal LocalClock Clock { get; }

    internal long EndedAtMs(int row) =>
        DecidedAtMs[row] + (long)Math.Round(ObservedSeconds[row] * 1_000.0);

    public DateTimeOffset DecidedAt(int row) =>
        DateTimeOffset.FromUnixTimeMilliseconds(DecidedAtMs[row]);

    /// <summary>A number column, or the seconds from a moment until the decision; NaN where missing.</summary>
    internal float[] Numbers(RunColumn column) =>
        _numbers[IndexOf(column)]
        ?? throw new ArgumentException($"{column.Name} holds no numbers", nameof(column));

    internal CategoryColumn Categories(RunColumn column) =>
        _categories[IndexOf(column)]
        ?? throw new ArgumentException($"{column.Name} holds no words", nameof(column));

    internal float[]? NumbersOf(RunMeaning meaning) =>
        Schema.Find(meaning) is { } column ? Numbers(column) : null;

    /// <summary>The same runs under a schema with the same columns.</summary>
    internal RunTable With(RunSchema schema) =>
        new(schema, DecidedAtMs, ObservedSeconds, _numbers, _categories);

    /// <summary>The rows for which this holds, in the same order.</summary>
    internal RunTable Where(Func<int, bool> isKept)
    {
        int[] rows = [.. Enumerable.Range(0, Count).Where(isKept)];
        return new RunTable(
            Schema,
            Pick(DecidedAtMs, rows),
            Pick(ObservedSeconds, rows),
            [.. _numbers.Select(column => column is null ? null : Pick(column, rows))],
            [.. _categories.Select(column => column?.Where(rows))]
        );
    }

    internal RunTable Before(DateTimeOffset moment)
    {
        long until = moment.ToUnixTimeMilliseconds();
        return Where(row => DecidedAtMs[row] < until);
    }

    /// <summary>The first row that was decided at that moment or later.</summary>
    internal int FirstFrom(DateTimeOffset moment)
    {
        int place = Array.BinarySearch(DecidedAtMs, moment.ToUnixTimeMilliseconds());
        place = place < 0 ? ~place : place;
        while (place > 0 && DecidedAtMs[place - 1] >= moment.ToUnixTimeMilliseconds())
        {
            place--;
        }

        return place;
    }

    private int IndexOf(RunColumn column) => Schema.Columns.IndexOf(column);

    private static T[] Pick<T>(T[] values, int[] rows) => Array.ConvertAll(rows, r => values[r]);
}

/// <summary>One word a row, as a number into a list of words; -1 where missing.</summary>
internal sealed record CategoryColumn(int[] Codes, ImmutableArray<string> Words)
{
    public const int Missing = -1;

    public string? Word(int row) => Codes[row] < 0 ? null : Words[Codes[row]];

    /// <summary>Words that only other rows carry are gone: who learns from these rows never heard of them.</summary>
    public CategoryColumn Where(int[] rows)
    {
        var isKept = new bool[Words.Length];
        foreach (int row in rows)
        {
            if (Codes[row] >= 0)
            {
                isKept[Codes[row]] = true;
            }
        }

        var places = new int[Words.Length];
        var words = ImmutableArray.CreateBuilder<string>();
        for (int code = 0; code < places.Length; code++)
        {
            places[code] = words.Count;
            if (isKept[code])
            {
                words.Add(Words[code]);
            }
        }

        return new CategoryColumn(
            Array.ConvertAll(rows, row => Codes[row] < 0 ? Missing : places[Codes[row]]),
            words.ToImmutable()
        );
    }
}
