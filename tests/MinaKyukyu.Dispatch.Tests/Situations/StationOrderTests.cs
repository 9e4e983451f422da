using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Situations;

public class StationOrderTests
{
    private static readonly StationOrder Order = new(
        [],
        new Dictionary<string, ImmutableArray<StationId>>(StringComparer.Ordinal)
        {
            ["架空町一丁目"] = [new("first")],
            ["架空町二丁目"] = [new("second")],
            ["架空町十二丁目"] = [new("twelfth")],
            ["架空町"] = [new("whole")],
            ["北架空町二丁目"] = [new("north")],
        }
    );

    [Theory]
    [InlineData("架空町二丁目3-4", "second")]
    [InlineData("架空町2丁目3-4", "second")]
    [InlineData("架空町２丁目３番", "second")]
    [InlineData("架空町2-3-4", "second")]
    [InlineData("架空町２－３－４", "second")]
    [InlineData("架空市 架空町 2ー3", "second")]
    [InlineData("架空町2の3", "second")]
    [InlineData("架空町十二丁目1", "twelfth")]
    [InlineData("架空町12-3", "whole")]
    [InlineData("北架空町二丁目", "north")]
    [InlineData("架空町のどこか", "whole")]
    [InlineData("別の町一丁目", null)]
    [InlineData("", null)]
    public void The_longest_town_that_the_address_names_decides(string address, string? expected) =>
        Assert.Equal(
            expected,
            Order
                .FindByTown(new Place(null, PlacePrecision.Unknown, null, address, 0, ""))
                ?.Single()
                .Value
        );

    [Fact]
    public void A_landmark_is_read_when_the_address_names_no_town() =>
        Assert.Equal(
            "first",
            Order
                .FindByTown(
                    new Place(null, PlacePrecision.Unknown, null, "不明", 0, "架空町1丁目の公園")
                )
                ?.Single()
                .Value
        );
}
