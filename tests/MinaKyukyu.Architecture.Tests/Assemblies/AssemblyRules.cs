using MinaKyukyu.Architecture.Tests.House;

namespace MinaKyukyu.Architecture.Tests.Assemblies;

/// <summary>What a compiled room may not do beside its arrows: pure.</summary>
public static class AssemblyRules
{
    /// <summary>Types that only one room makes: a grant is permission, a receipt is durability.</summary>
    private static readonly (string Type, string Maker)[] s_proofs =
    [
        ("MinaKyukyu.Authorization.Grants.AccessGrant", Rooms.Authorization),
        ("MinaKyukyu.Journal.Commits.CommitReceipt", Rooms.Journal),
    ];

    /// <summary>Names of corridors where things are dropped.</summary>
    private static readonly string[] s_corridors =
    [
        "Core",
        "Common",
        "Shared",
        "Util",
        "Utils",
        "Utilities",
        "Helper",
        "Helpers",
        "Manager",
        "Managers",
        "Misc",
    ];

    public static bool IsCorridor(string folderOrNamespace) =>
        folderOrNamespace
            .Split('.', '/', '\\')
            .Any(part => s_corridors.Contains(part, StringComparer.OrdinalIgnoreCase));

    /// <returns>One sentence for each thing that is wrong with this room.</returns>
    public static IEnumerable<string> Wrong(CompiledRoom room) =>
        [.. WrongProofs(room), .. WrongNamespaces(room), .. WrongMentions(room)];

    private static IEnumerable<string> WrongProofs(CompiledRoom room)
    {
        foreach ((string type, string maker) in s_proofs)
        {
            if (room.Name != maker)
            {
                if (room.Constructs.Contains(type))
                {
                    yield return $"{room.Name} makes a {type}; only {maker} may.";
                }

                continue;
            }

            if (room.Types.FirstOrDefault(t => t.FullName == type) is not { } proof)
            {
                yield return $"{maker} has no {type}: the rule guards nothing.";
            }
            else if (proof.HasVisibleConstructor)
            {
                yield return $"Anybody can make a {type}: its constructor is public.";
            }

            foreach (string friend in room.Friends.Where(f => Rooms.Find(f) is not null))
            {
                yield return $"{friend} sees the internals of {maker} and could make a {type}.";
            }
        }
    }

    private static IEnumerable<string> WrongNamespaces(CompiledRoom room)
    {
        bool standsInForPackages = room.Name is Rooms.Grpc or Rooms.GrpcAspNetCore;
        foreach (
            string name in room.Types.Select(t => t.Namespace).Distinct(StringComparer.Ordinal)
        )
        {
            bool isOurs =
                name == "MinaKyukyu" || name.StartsWith("MinaKyukyu.", StringComparison.Ordinal);
            if (standsInForPackages && isOurs)
            {
                yield return $"{room.Name} has types in {name}; they stand in the packages' own namespaces.";
            }

            // The packages whose namespaces we fill have corridors of their own.
            if (isOurs && IsCorridor(name))
            {
                yield return $"{room.Name} has a namespace {name}.";
            }
        }
    }

    private static IEnumerable<string> WrongMentions(CompiledRoom room)
    {
        // The tablet's library is the other end of the wire and sees no domain room: there is nothing to keep apart.
        if (room.Name is Rooms.Contracts or Rooms.Tablet)
        {
            yield break;
        }

        foreach (DefinedType type in room.Types.Where(t => t.IsVisible && !IsWire(t.Namespace)))
        {
            foreach (
                string mention in type.Mentions.Where(m =>
                    m.StartsWith("MinaKyukyu.Contracts.", StringComparison.Ordinal)
                )
            )
            {
                yield return $"{type.FullName} of {room.Name} shows {mention}; only Server/Wire may.";
            }
        }
    }

    private static bool IsWire(string name) =>
        name == "MinaKyukyu.Server.Wire"
        || name.StartsWith("MinaKyukyu.Server.Wire.", StringComparison.Ordinal);
}
