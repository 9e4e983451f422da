using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Tests.Cards;

public sealed class WarmUpTests
{
    /// <summary>Whatever day it is: a sample that stops verifying would stop every start.</summary>
    [Fact]
    public async Task The_sample_card_verifies_at_every_start() => await CardWarmUp.RunAsync();
}
