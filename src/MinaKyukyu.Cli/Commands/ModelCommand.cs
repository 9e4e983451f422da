using System.CommandLine;
using MinaKyukyu.Cli.Model;
using MinaKyukyu.Cli.Model.Card;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina model …</c>: learns the time to scene from runs, scores it, draws its card.</summary>
internal static class ModelCommand
{
    public static Command Build() =>
        new("model", "到着予測モデル / the model of the time to scene")
        {
            TrainCommand.Build(),
            EvaluateCommand.Build(),
            ModelCardCommand.Build(),
            SimulateRunsCommand.Create(),
        };
}
