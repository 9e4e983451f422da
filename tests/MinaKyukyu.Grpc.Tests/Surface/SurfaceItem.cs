namespace MinaKyukyu.GrpcTests.Surface;

/// <summary>One thing that code outside of an assembly can see of it.</summary>
/// <param name="Type">Full name of the type, with the names of its generic parameters.</param>
/// <param name="Name">Of the member; empty for the type itself.</param>
/// <param name="Text">The whole declaration, as C# spells it with full names.</param>
/// <param name="References">How other assemblies refer to it in their metadata; see <see cref="ReferencedMembers"/>.</param>
/// <param name="MustBeWritten">Whoever derives from or implements the type has to write this member.</param>
internal sealed record SurfaceItem(
    string Type,
    string Name,
    string Text,
    IReadOnlyList<string> References,
    bool MustBeWritten = false
)
{
    /// <summary>As it stands in PublicSurface.txt.</summary>
    public string Line => $"{Type} | {Text}";
}
