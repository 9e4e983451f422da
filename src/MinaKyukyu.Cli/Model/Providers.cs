using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Cli.Model;

/// <summary>Who can learn a model and read it again; the first is the default.</summary>
internal static class Providers
{
    public static IReadOnlyList<IQuantileLearner> All { get; } =
    [
        new BoostedTreesLearner(),
#if PUBLIC_PACKAGES
        new Forecasting.MLNet.FastTreeLearner(),
#endif
    ];

    public static IQuantileLearner? Find(string name) =>
        All.FirstOrDefault(learner => learner.Name == name);
}
