using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Features;

public sealed class CategoryEffectsTests
{
    [Fact]
    public void A_rare_station_is_drawn_to_all_and_a_common_one_stands_by_itself()
    {
        int[] codes = [.. Enumerable.Repeat(0, 9_950), .. Enumerable.Repeat(1, 50)];
        float[] residuals = [.. codes.Select(code => code == 0 ? 0f : 1f)];
        var effects = CategoryEffects.Of(new CategoryColumn(codes, ["often", "seldom"]), residuals);
        // Half of what is said after fifty runs rests on them.
        Assert.Equal(0.5, effects.Find(1), 2);
        Assert.Equal(0, effects.Find(0), 2);
        Assert.Equal(0, effects.Find(7));
        Assert.True(float.IsNaN(effects.Find(CategoryColumn.Missing)));
    }

    [Fact]
    public void What_is_learned_of_a_run_is_not_already_in_the_effect_of_its_words()
    {
        // Every run has a word of its own: of the others nothing is known about it.
        int[] codes = [.. Enumerable.Range(0, 100)];
        float[] residuals = [.. codes.Select(code => (float)Math.Sin(code))];
        var column = new CategoryColumn(codes, [.. codes.Select(code => $"word {code}")]);
        Assert.All(CategoryEffects.OfOthers(column, residuals), effect => Assert.Equal(0, effect));

        float[] own = CategoryEffects.Of(column, residuals).Effects.ToArray();
        Assert.True(own.Zip(residuals).Average(pair => pair.First * pair.Second) > 0.005);
    }

    [Fact]
    public void In_the_table_that_is_learned_from_a_word_of_one_run_tells_nothing_about_it()
    {
        IReadOnlyList<CanonicalRun> runs =
        [
            .. DrawnRuns
                .Of(300, seed: 131)
                .Select((run, i) => run with { Station = $"station {i}" }),
        ];
        RunTable table = RunTables.Of(runs);
        var learned = PreparedRuns.Learn(table);
        int station = learned.Recipe.Features.ToList().FindIndex(f => f.Name == "station");
        Assert.All(learned.Table.Column(station).ToArray(), effect => Assert.Equal(0, effect));

        // Who comes later is told what its word did to all runs.
        var asked = PreparedRuns.Of(learned.Recipe, table);
        Assert.True(asked.Table.Column(station).ToArray().Distinct().Count() > 200);
    }
}
