using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Learners;

public sealed class BoostedTreesLearnerTests : LearnerContract
{
    protected override IQuantileLearner Learner { get; } = new BoostedTreesLearner();
}
