namespace MinaKyukyu.GrpcTests.Surface;

public sealed class ReasonedListTests
{
    private const string Text = """
        # The tablet's queue repeats.
        A.Retry
        B.*

        C | void One()
        """;

    [Fact]
    public void Says_what_is_missing_stale_or_without_a_reason() =>
        Assert.Equal(
            [
                "Not in list: D",
                "Stale in list: A.Retry",
                "Without a reason in list: C | void One()",
            ],
            ReasonedList.Parse("list", Text).Wrong(["B.One", "B.Two", "C | void One()", "D"])
        );

    [Fact]
    public void Is_content_when_each_thing_has_its_reason() =>
        Assert.Empty(ReasonedList.Parse("list", Text.Split("\n\n")[0]).Wrong(["A.Retry", "B.One"]));
}
