namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>Takes the elements of a file as they are read, in the order of the file.</summary>
/// <remarks>Tags and lists are lent: they hold the next element as soon as the call returns.</remarks>
internal interface IOsmElements
{
    /// <summary>Nodes are skipped unread where this is false, ways and relations where it is true.</summary>
    bool WantsNodes { get; }

    /// <summary>Whether this node is to be handed over; asked before its place and tags are looked at.</summary>
    bool Wants(long node);

    void Node(long id, double latitude, double longitude, OsmTags tags);

    void Way(long id, IReadOnlyList<long> nodes, OsmTags tags);

    void Relation(long id, IReadOnlyList<OsmMember> members, OsmTags tags);
}

internal enum OsmMemberKind
{
    Node = 0,
    Way = 1,
    Relation = 2,
}

/// <summary>A member of a relation and the part it plays there.</summary>
internal readonly record struct OsmMember(OsmMemberKind Kind, long Id, string Role);
