using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Server.Commands;

namespace MinaKyukyu.Server.Sentences;

/// <summary>The patterns' words for other doors than the pages.</summary>
public static class SuspicionWords
{
    public static string JaOf(SuspicionPattern pattern) => OversightSentences.Of(pattern).Ja;

    public static string EnOf(SuspicionPattern pattern) => OversightSentences.Of(pattern).En;

    /// <summary>Such as <c>away_from_scene</c>; as in the metric.</summary>
    public static string CodeOf(SuspicionPattern pattern) =>
        Refusal.CodeOf(pattern.ToString()).ToLowerInvariant();
}
