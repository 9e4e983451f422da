using System.CommandLine;
using MinaKyukyu.Benchmarks.Measuring;
using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Benchmarks.Model;

/// <summary>The command <c>model</c>.</summary>
internal static class ModelCommand
{
    public static Command Build(SampleSize size, Option<int> seed)
    {
        Option<int> trees = new("--trees")
        {
            DefaultValueFactory = _ => new FitOptions().Trees,
            Description = "how many trees each quantile has",
        };
        Command model = new("model", "predicts 300 rows; xgboost beside it, where it is installed")
        {
            trees,
            seed,
        };
        model.SetAction(words =>
        {
            int wanted = words.GetValue(trees);
            if (wanted is < 1 or > 10_000)
            {
                Console.Error.WriteLine("benchmarks: --trees takes 1 to 10000.");
                return 2;
            }

            (string text, long unequal) = new ModelRun(size, words.GetValue(seed)).Measure(
                new FitOptions { Trees = wanted }
            );
            Console.WriteLine(text);
            return unequal == 0 ? 0 : 1;
        });
        return model;
    }
}
