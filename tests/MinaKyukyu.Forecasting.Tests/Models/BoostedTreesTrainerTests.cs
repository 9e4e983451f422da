using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Models;

public sealed class BoostedTreesTrainerTests : TrainerContract
{
    protected override IQuantileLearner Learner { get; } = new BoostedTreesLearner();

    [Fact]
    public void Our_own_trees_are_the_ones_that_nobody_has_to_name() =>
        Assert.Equal(Learner.Name, new TimeToSceneTrainer().Provider);
}
