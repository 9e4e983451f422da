using System.Security.Cryptography;
using MinaKyukyu.Architecture.Tests.Projects;

namespace MinaKyukyu.Architecture.Tests.Packages;

/// <summary>A copy of the repository's files, as they are on disk, that a command may do anything to.</summary>
internal static class WorkingCopy
{
    /// <summary>What is tracked and what is about to be; nothing that is ignored.</summary>
    public static async Task MakeAsync(string folder)
    {
        CommandResult listed = await Command.RunAsync(
            "git",
            Repository.Root,
            TimeSpan.FromMinutes(1),
            "-c",
            "safe.directory=*",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard"
        );
        Assert.True(listed.ExitCode == 0, listed.Output);
        foreach (string name in listed.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            string from = Path.Combine(Repository.Root, name);
            string to = Path.Combine(folder, name);
            // A tracked file may have been deleted, and links are of no use to a restore.
            if (File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(from, to);
            }
        }
    }

    /// <returns>Every file outside of obj/ with the hash of its content.</returns>
    public static IReadOnlyDictionary<string, string> Hashes(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => (Name: Path.GetRelativePath(folder, f), Path: f))
            .Where(f => !f.Name.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .ToDictionary(
                f => f.Name,
                f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f.Path)))
            );

    /// <returns>One sentence for each file that is not what it was.</returns>
    public static IEnumerable<string> Changes(
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after
    ) =>
        before
            .Keys.Union(after.Keys)
            .Where(f => before.GetValueOrDefault(f) != after.GetValueOrDefault(f))
            .Select(f =>
                !before.ContainsKey(f) ? $"{f} is new."
                : !after.ContainsKey(f) ? $"{f} is gone."
                : $"{f} was changed."
            );
}
