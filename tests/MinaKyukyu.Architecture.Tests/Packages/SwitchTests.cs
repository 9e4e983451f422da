using MinaKyukyu.Architecture.Tests.House;

namespace MinaKyukyu.Architecture.Tests.Packages;

/// <summary>The switch to the public packages is a property and nothing else: whoever sets it finds no tracked file changed.</summary>
public sealed class SwitchTests
{
    /// <summary>Twenty seconds when the packages are at hand; a slow source needs minutes for all of them.</summary>
    private static readonly TimeSpan s_within = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Setting_it_changes_no_tracked_file_and_fails_for_want_of_packages_only()
    {
        using var copy = new TemporaryFolder();
        await WorkingCopy.MakeAsync(copy.FullName);
        IReadOnlyDictionary<string, string> before = WorkingCopy.Hashes(copy.FullName);
        Assert.Contains(Path.Combine("src", Rooms.Server, "packages.lock.json"), before.Keys);

        CommandResult restore = await Command.DotnetAsync(
            copy.FullName,
            s_within,
            "restore",
            "MinaKyukyu.sln",
            "-p:PublicPackages=true",
            "-warnaserror"
        );

        Verdict.NothingWrong([
            .. SwitchVerdict.Wrong(restore),
            .. WorkingCopy.Changes(before, WorkingCopy.Hashes(copy.FullName)),
        ]);
    }

    [Theory]
    [InlineData(
        "NU1010",
        "The following PackageReference items do not define a corresponding PackageVersion item: Microsoft.ML."
    )]
    [InlineData(
        "NU1605",
        "Warning As Error: Detected package downgrade: Google.Protobuf from 3.30.2 to 3.25.1."
    )]
    [InlineData("NU1004", "The packages lock file is inconsistent with the project dependencies.")]
    [InlineData(
        "NU1603",
        "Warning As Error: Grpc.Net.Client 2.80.0 was not found. Grpc.Net.Client 2.85.0 was resolved instead."
    )]
    public void A_planted_break_of_the_switch_is_caught(string code, string text) =>
        Assert.Equal(
            [$"The switch itself is broken: /a/A.csproj : error {code}: {text}"],
            SwitchVerdict.Wrong(
                new CommandResult(
                    1,
                    $"""
                      Determining projects to restore...
                    /a/A.csproj : error {code}: {text}
                    /a/B.csproj : error NU1101: Unable to find package Grpc.Net.Client.
                    """
                )
            )
        );

    [Fact]
    public void Want_of_packages_is_no_break_of_the_switch() =>
        Assert.Empty(
            SwitchVerdict.Wrong(
                new CommandResult(
                    1,
                    """
                    /a/A.csproj : error NU1101: Unable to find package Microsoft.ML.
                    /a/B.csproj : error NU1102: Unable to find package Grpc.Net.Client with version (>= 2.80.0)
                    """
                )
            )
        );

    [Fact]
    public void A_failure_without_a_reason_is_not_taken_for_one() =>
        Assert.Single(SwitchVerdict.Wrong(new CommandResult(1, "Killed")));

    [Fact]
    public void A_planted_change_of_a_file_is_caught() =>
        Assert.Equal(
            ["a.lock was changed.", "gone.cs is gone.", "new.cs is new."],
            WorkingCopy.Changes(
                new Dictionary<string, string>
                {
                    ["a.lock"] = "1",
                    ["b"] = "1",
                    ["gone.cs"] = "1",
                },
                new Dictionary<string, string>
                {
                    ["a.lock"] = "2",
                    ["b"] = "1",
                    ["new.cs"] = "1",
                }
            )
        );
}
