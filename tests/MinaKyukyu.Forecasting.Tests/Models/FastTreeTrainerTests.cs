#if PUBLIC_PACKAGES
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.MLNet;

namespace MinaKyukyu.Forecasting.Tests.Models;

public sealed class FastTreeTrainerTests : TrainerContract
{
    protected override IQuantileLearner Learner { get; } = new FastTreeLearner();
}
#endif
