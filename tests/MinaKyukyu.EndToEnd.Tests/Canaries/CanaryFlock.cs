using System.Globalization;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>Makes the canaries of one run from a seed and remembers them all. Thread-safe: the source of records asks in the middle of a run.</summary>
internal sealed class CanaryFlock(int seed)
{
    /// <summary>Kana without marks: each has exactly one half-width form.</summary>
    private const string Kana =
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";

    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<Canary> _all = [];

    public IReadOnlyList<Canary> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Six kana and eight digits: 45^6 × 10^8 of them, so chance writes none.</summary>
    public string Text(CanaryKind kind) => Add(kind, () => Letters(6) + Digits(8));

    public string TwelveDigits() => Add(CanaryKind.TwelveDigits, () => "4" + Digits(11));

    /// <summary>Twelve digits, the longest that is taken; begins so that it is no run.</summary>
    public string MemberPin() => Add(CanaryKind.MemberPin, () => "90" + Digits(10));

    public string CallbackNumber() =>
        Add(CanaryKind.CallbackNumber, () => $"070-{Digits(4)}-{Digits(4)}");

    /// <summary>Of a century in which no patient was born.</summary>
    public string BirthDate() =>
        Add(
            CanaryKind.BirthDate,
            () =>
                new DateOnly(1780, 1, 1)
                    .AddDays(_random.Next(36_500))
                    .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        );

    public void AddText(CanaryKind kind, string text) => Add(kind, () => text);

    public void AddBytes(CanaryKind kind, byte[] bytes)
    {
        lock (_gate)
        {
            _all.Add(new Canary(kind, _all.Count, bytes, null));
        }
    }

    private string Add(CanaryKind kind, Func<string> make)
    {
        lock (_gate)
        {
            string text = make();
            _all.Add(Canary.Of(kind, _all.Count, text));
            return text;
        }
    }

    private string Letters(int count) => new(_random.GetItems(Kana.AsSpan(), count));

    private string Digits(int count) => new(_random.GetItems("0123456789".AsSpan(), count));
}
