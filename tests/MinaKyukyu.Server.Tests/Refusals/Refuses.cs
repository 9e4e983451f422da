using Grpc.Core;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>What every refusal has in common: status, reason, a Japanese sentence, and that nothing became of it.</summary>
internal static class Refuses
{
    public static async Task<Refusal> WithAsync(string reason, ServedHouse house, Func<Task> call)
    {
        TruthNow before = await house.Truth.NowAsync();
        RpcException failure = await Assert.ThrowsAsync<RpcException>(call);
        Refusal refusal = Refusal.Of(failure);
        Assert.Equal((reason, RefusalSentences.Get(reason).Status), (refusal.Reason, refusal.Code));
        Assert.Equal(RefusalSentences.Get(reason).Ja, refusal.Sentence);
        Assert.Equal(before, await house.Truth.NowAsync());
        return refusal;
    }
}
