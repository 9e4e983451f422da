#if PUBLIC_PACKAGES
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.MLNet;

namespace MinaKyukyu.Forecasting.Tests.Learners;

public sealed class FastTreeLearnerTests : LearnerContract
{
    protected override IQuantileLearner Learner { get; } = new FastTreeLearner();
}
#endif
