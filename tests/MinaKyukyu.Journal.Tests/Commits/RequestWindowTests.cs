using MinaKyukyu.Journal.Commits;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Tests.Commits;

public sealed class RequestWindowTests
{
    private static readonly TimeSpan Retention = new JournalOptions().RequestRetention;

    [Fact]
    public void A_command_is_past_only_when_its_answer_may_be_purged()
    {
        ManualTime time = new();
        RequestId request = new(new UuidSource(time).Next());
        Assert.Equal(time.GetUtcNow(), RequestWindow.MintedAt(request));
        time.Advance(Retention);
        Assert.False(RequestWindow.IsPast(request, time.GetUtcNow(), Retention));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(RequestWindow.IsPast(request, time.GetUtcNow(), Retention));
    }

    [Theory]
    [InlineData("r-1")]
    [InlineData("6fa459ea-ee8a-4ca4-894e-db77e160355e")]
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff")]
    public void An_id_that_does_not_tell_its_moment_is_never_past(string id) =>
        Assert.False(RequestWindow.IsPast(new RequestId(id), DateTimeOffset.MaxValue, Retention));
}
