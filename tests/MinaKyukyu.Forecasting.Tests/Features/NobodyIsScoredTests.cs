using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Forecasting.Serving;

namespace MinaKyukyu.Forecasting.Tests.Features;

/// <summary>A model knows places, vehicles and roads. It knows no person and no crew, and none can be given to it.</summary>
public sealed class NobodyIsScoredTests
{
    [Theory]
    [InlineData("crew_id")]
    [InlineData("crews")]
    [InlineData("CrewSize")]
    [InlineData("person")]
    [InlineData("staff_number")]
    [InlineData("driver_experience_years")]
    [InlineData("patient_age")]
    [InlineData("age")]
    [InlineData("sex")]
    [InlineData("隊員番号")]
    [InlineData("救急隊長")]
    [InlineData("氏名")]
    public void A_name_that_speaks_of_a_person_is_found(string name) =>
        Assert.NotNull(PersonWords.FindIn(name));

    [Theory]
    [InlineData("position_age_seconds")]
    [InlineData("PositionAge")]
    [InlineData("drive_seconds")]
    [InlineData("average")]
    [InlineData("village")]
    [InlineData("救急隊")]
    public void A_name_that_does_not_is_left_alone(string name) =>
        Assert.Null(PersonWords.FindIn(name));

    [Fact]
    public void No_schema_that_ships_and_no_run_file_has_a_column_about_a_person()
    {
        string[] files = Directory.GetFiles(
            Path.Combine(AppContext.BaseDirectory, "samples", "schemas"),
            "*.json"
        );
        Assert.True(files.Length >= 3);
        List<string> names = [.. CanonicalRunFile.Columns];
        foreach (string file in files)
        {
            RunSchema schema = RunSchemaFile.Read(file);
            names.AddRange(schema.Columns.Select(column => column.Name));
            names.AddRange(schema.Live.Select(live => live.Name));
            names.AddRange(Feature.ListFor(schema).Select(feature => feature.Name));
            names.AddRange(
                Feature
                    .ListFor(schema with { IsForNewcomer = true })
                    .Select(feature => feature.Name)
            );
        }

        AssertNobody(names);
        // Strictly: nor a name of anything, which might be somebody's.
        Assert.DoesNotContain(
            names,
            name => name.Split('_', ' ').Contains("name", StringComparer.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public void What_the_advice_tells_a_model_says_nothing_about_a_person()
    {
        Type[] asked =
        [
            typeof(SceneConditions),
            typeof(CandidateDrive),
            typeof(RoadMakeup),
            typeof(TimeToScene),
            typeof(CanonicalRun),
        ];
        AssertNobody(asked.SelectMany(type => type.GetProperties()).Select(one => one.Name));
        AssertNobody(Enum.GetNames<FeatureKind>());
        AssertNobody(Enum.GetNames<RunMeaning>());
        string[] served =
        [
            .. typeof(ServedColumn)
                .GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
                .SelectMany(field =>
                    field.GetValue(null) switch
                    {
                        string word => [word],
                        string[] words => words,
                        _ => Array.Empty<string>(),
                    }
                ),
        ];
        Assert.Contains("position_age_seconds", served);
        AssertNobody(served);
    }

    [Fact]
    public void No_type_of_the_room_has_a_member_about_a_person()
    {
        const BindingFlags All =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        Type[] types =
        [
            .. typeof(RunSchema)
                .Assembly.GetTypes()
                .Where(type =>
                    // The words themselves have to stand somewhere.
                    type != typeof(PersonWords)
                    && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                    && type.Namespace?.StartsWith("MinaKyukyu", StringComparison.Ordinal) == true
                    && !typeof(JsonSerializerOptions).IsAssignableFrom(type)
                ),
        ];
        Assert.True(types.Length > 100);
        AssertNobody(types.Select(type => type.Name).Where(name => name != nameof(PersonWords)));
        AssertNobody(types.SelectMany(type => type.GetProperties(All)).Select(one => one.Name));
        AssertNobody(types.Where(type => type.IsEnum).SelectMany(Enum.GetNames));
    }

    private static void AssertNobody(IEnumerable<string> names) =>
        Assert.DoesNotContain(names, name => PersonWords.FindIn(name) is not null);
}
