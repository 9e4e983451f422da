namespace MinaKyukyu.Architecture.Tests.House;

internal static class Verdict
{
    /// <summary>Fails with every sentence on its own line: a list that is cut off helps nobody.</summary>
    public static void NothingWrong(IEnumerable<string> sentences)
    {
        string[] found = [.. sentences.Distinct(StringComparer.Ordinal)];
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }
}
