using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Trees;

public class ForestFileTests
{
    private static readonly Runs s_runs = Runs.Of(500, seed: 12);

    private static readonly IQuantilePredictor s_predictor = s_runs.Fit(
        new FitOptions
        {
            Trees = 4,
            LeafRows = 10,
            Threads = 1,
        }
    );

    private static readonly byte[] s_bytes = Predicted.Bytes(s_predictor);

    [Fact]
    public void What_was_written_predicts_the_same_when_it_is_read()
    {
        var read = new BoostedTreesLearner().Read(s_bytes, 4);
        Assert.Equal(
            Predicted.Of(s_predictor, s_runs.Table).All,
            Predicted.Of(read, s_runs.Table).All
        );
        Assert.Equal(s_predictor.Importance, read.Importance);
        Assert.Equal(s_bytes, Predicted.Bytes(read));
    }

    [Fact]
    public void A_file_that_ends_too_early_or_too_late_is_refused()
    {
        for (int length = 0; length < s_bytes.Length; length++)
        {
            int taken = length;
            Assert.Throws<InvalidDataException>(() => Read(s_bytes.AsSpan(0, taken)));
        }

        Assert.Throws<InvalidDataException>(() => Read([.. s_bytes, 0]));
    }

    [Fact]
    public void A_changed_byte_is_refused_or_still_predicts_numbers()
    {
        var chance = new Random(13);
        int refused = 0;
        for (int round = 0; round < 3_000; round++)
        {
            byte[] changed = [.. s_bytes];

            // Every second change falls on the head and the first decisions, where most is at stake.
            changed[chance.Next(round % 2 == 0 ? 200 : changed.Length)] ^= (byte)
                chance.Next(1, 256);
            IQuantilePredictor read;
            try
            {
                read = Read(changed);
            }
            catch (InvalidDataException)
            {
                refused++;
                continue;
            }

            var predicted = Predicted.Of(read, s_runs.Table.Values, s_runs.Table.Rows, 20);
            Assert.All(predicted.All, value => Assert.True(float.IsFinite(value)));
        }

        Assert.InRange(refused, 100, 2_900);
    }

    [Fact]
    public void A_count_that_promises_gigabytes_is_refused_before_they_are_taken()
    {
        byte[] changed = [.. s_bytes];
        changed[18] = 0xff;
        changed[19] = 0x7f;
        Assert.Contains("trees", Assert.Throws<InvalidDataException>(() => Read(changed)).Message);
    }

    [Fact]
    public void Trees_for_other_features_are_refused()
    {
        Assert.Contains(
            "4 features, not 5",
            Assert
                .Throws<InvalidDataException>(() => new BoostedTreesLearner().Read(s_bytes, 5))
                .Message
        );
    }

    private static IQuantilePredictor Read(ReadOnlySpan<byte> bytes) =>
        new BoostedTreesLearner().Read(bytes, 4);
}
