using System.Buffers.Binary;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.EndToEnd.Tests.Pictures;

/// <summary>
/// The pages in a browser that nobody here wrote. With <c>MINA_PICTURES=docs/pictures</c> the pictures of the README are taken
/// anew.
/// </summary>
public sealed class PictureTests
{
    [Fact]
    public async Task Board_crew_report_and_oversight_show_themselves_in_a_browser()
    {
        await using BusyEvening evening = await BusyEvening.BeginAsync();
        SignInLinks links = evening.App.Services.GetRequiredService<SignInLinks>();
        DirectoryInfo pictures = Directory.CreateTempSubdirectory("mina-pictures-");
        try
        {
            string board =
                links.Mint(CallerRole.Dispatcher) + $"&to=/board?incident={evening.Waiting}";
            string crew = links.Mint(CallerRole.CrewLeader, new UnitId(evening.Unit));
            string report = links.Mint(CallerRole.Analyst);
            await TakeAsync(evening, board, pictures, "board.png");
            await TakeAsync(evening, crew, pictures, "crew.png");
            await TakeAsync(evening, report, pictures, "report.png");
            await evening.RestrictRoadsAsync();
            string restricted =
                links.Mint(CallerRole.Dispatcher) + $"&to=/board?incident={evening.Waiting}";
            await TakeAsync(evening, restricted, pictures, "board-roads.png");
            string oversight = links.Mint(CallerRole.InformationOfficer);
            await TakeAsync(evening, oversight, pictures, "oversight.png");
        }
        finally
        {
            pictures.Delete(recursive: true);
        }
    }

    private static async Task TakeAsync(
        BusyEvening evening,
        string path,
        DirectoryInfo pictures,
        string name
    )
    {
        string file = Path.Combine(pictures.FullName, name);
        await Browser.PhotographAsync(new Uri(evening.Web, path), file);
        byte[] png = await File.ReadAllBytesAsync(file);
        Assert.Equal(Browser.Width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(Browser.Height, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        // An empty page, or one that asks to sign in, packs into a tenth of this.
        Assert.True(
            png.Length > 60_000,
            $"{name} has only {png.Length} bytes: too little to be the page."
        );
        if (Environment.GetEnvironmentVariable("MINA_PICTURES") is { Length: > 0 } keep)
        {
            File.Copy(file, Path.Combine(Repository.Root, keep, name), overwrite: true);
        }
    }
}
