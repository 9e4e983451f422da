namespace MinaKyukyu.GrpcTests.Surface;

internal static class Verdict
{
    /// <summary>Fails with every sentence on its own line: a list that is cut off helps nobody.</summary>
    public static void NothingWrong(IEnumerable<string> sentences, string advice = "")
    {
        string[] found = [.. sentences];
        Assert.True(
            found.Length == 0,
            string.Join(
                Environment.NewLine,
                [.. found, .. advice.Length == 0 ? [] : new[] { advice }]
            )
        );
    }
}
