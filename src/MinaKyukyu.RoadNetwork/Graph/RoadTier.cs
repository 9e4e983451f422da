namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>What a road is for: OpenStreetMap's classes in three.</summary>
internal enum RoadTier : byte
{
    /// <summary>Everything else, roads without a class included.</summary>
    Local = 1,

    /// <summary>Primary, secondary and tertiary roads with their links.</summary>
    Main = 2,

    /// <summary>Motorways and trunk roads with their links.</summary>
    Fast = 3,
}

/// <summary>The tier of each word that is some road's class, found when first asked for; any number of threads may ask.</summary>
internal sealed class RoadTiers(NameTable words)
{
    // 0 until asked for. Two threads that find the same word write the same byte.
    private readonly byte[] _ofWord = new byte[words.Count];

    public RoadTier this[int word]
    {
        get
        {
            byte known = _ofWord[word];
            return known != 0 ? (RoadTier)known : Find(word);
        }
    }

    private RoadTier Find(int word)
    {
        RoadTier tier = Of(words[word]);
        _ofWord[word] = (byte)tier;
        return tier;
    }

    private static RoadTier Of(string roadClass) =>
        roadClass switch
        {
            "motorway" or "motorway_link" or "trunk" or "trunk_link" => RoadTier.Fast,
            "primary"
            or "primary_link"
            or "secondary"
            or "secondary_link"
            or "tertiary"
            or "tertiary_link" => RoadTier.Main,
            _ => RoadTier.Local,
        };
}
