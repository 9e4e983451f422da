namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>What an import is doing.</summary>
public enum ImportStage
{
    /// <summary>Reading the file for ways and turn restrictions.</summary>
    Ways = 0,

    /// <summary>Reading it again for the places of their nodes.</summary>
    Nodes = 1,

    /// <summary>Cutting the ways into edges.</summary>
    Edges = 2,
}

/// <summary>How far an import has come.</summary>
/// <param name="BytesDone">Of the running stage.</param>
/// <param name="BytesTotal">Size of the file.</param>
public readonly record struct ImportProgress(ImportStage Stage, long BytesDone, long BytesTotal);
