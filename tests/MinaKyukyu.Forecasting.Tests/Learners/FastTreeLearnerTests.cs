#if PUBLIC_PACKAGES
using System.IO.Compression;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.MLNet;
using MinaKyukyu.Forecasting.Tests.Trees;

namespace MinaKyukyu.Forecasting.Tests.Learners;

public sealed class FastTreeLearnerTests : LearnerContract
{
    protected override IQuantileLearner Learner { get; } = new FastTreeLearner();

    /// <summary>Otherwise two trainings more than the two seconds of an archive's clock apart would give other bytes.</summary>
    [Fact]
    public void The_bytes_do_not_tell_when_it_was_learned()
    {
        var runs = Trees.Runs.Of(500, seed: 34);
        IQuantilePredictor learned = Learner.Fit(
            runs.Table,
            runs.Target,
            [],
            new FitOptions { Trees = 5 },
            CancellationToken.None
        );
        using var zip = new ZipArchive(new MemoryStream(Predicted.Bytes(learned)));
        Assert.NotEmpty(zip.Entries);
        Assert.All(
            zip.Entries,
            entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime)
        );
    }
}
#endif
