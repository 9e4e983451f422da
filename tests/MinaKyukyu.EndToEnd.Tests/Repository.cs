namespace MinaKyukyu.EndToEnd.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("These tests run inside a checkout.");
    }
}
