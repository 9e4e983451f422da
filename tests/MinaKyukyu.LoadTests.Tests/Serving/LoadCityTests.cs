using System.Text.Json;
using MinaKyukyu.LoadTests.Serving;

namespace MinaKyukyu.LoadTests.Tests.Serving;

public sealed class LoadCityTests : IDisposable
{
    private readonly string _directory = Directory
        .CreateTempSubdirectory("mina-load-city")
        .FullName;

    [Fact]
    public void Deals_the_wanted_units_out_over_the_stations_of_the_sample()
    {
        LoadCity city = LoadCity.Prepare(Checkout.SampleCity, 300, _directory, seed: 1);

        using var written = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(city.Directory, "city.json"))
        );
        var byStation = written
            .RootElement.GetProperty("units")
            .EnumerateArray()
            .CountBy(u => u.GetProperty("station").GetString()!)
            .ToList();
        Assert.Equal(300, city.Units.Count);
        Assert.Equal(5, byStation.Count);
        Assert.All(byStation, station => Assert.Equal(60, station.Value));
        Assert.Equal(
            city.Units,
            LoadCity.Prepare(Checkout.SampleCity, 300, _directory, seed: 1).Units
        );
    }

    [Theory]
    [InlineData("roads")]
    [InlineData("towns")]
    [InlineData("model")]
    [InlineData("modelSigner")]
    public void Leaves_what_the_sample_names_where_it_lies(string file)
    {
        LoadCity city = LoadCity.Prepare(Checkout.SampleCity, 300, _directory, seed: 1);

        using var written = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(city.Directory, "city.json"))
        );
        string? path = written.RootElement.GetProperty(file).GetString();
        Assert.True(Path.IsPathRooted(path) && Path.Exists(path), path);
    }

    [Fact]
    public void Takes_the_sample_as_it_is_when_no_number_is_wanted()
    {
        LoadCity city = LoadCity.Prepare(Checkout.SampleCity, null, _directory, seed: 1);

        Assert.Equal(Checkout.SampleCity, city.Directory);
        Assert.Equal(12, city.Units.Count);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
