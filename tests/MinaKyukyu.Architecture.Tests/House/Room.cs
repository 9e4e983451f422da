namespace MinaKyukyu.Architecture.Tests.House;

/// <summary>A room: a project under <c>src/</c> that answers one question.</summary>
/// <param name="Name">Of project and assembly.</param>
/// <param name="MaySee">Rooms that it may reference. Arrows point down, never sideways, never round.</param>
/// <param name="Packages">Packages that it may use beside the abstractions of Microsoft.Extensions.</param>
/// <param name="TakesAspNetCore">Whether it may reference the web framework.</param>
public sealed record Room(
    string Name,
    IReadOnlyList<string> MaySee,
    IReadOnlyList<string> Packages,
    bool TakesAspNetCore = false
);

/// <summary>One reference, wherever it was found: in a project file or in a compiled assembly.</summary>
public readonly record struct Arrow(string From, string To)
{
    public override string ToString() => $"{From} → {To}";
}
