namespace MinaKyukyu.Vocabulary.Ids;

/// <summary>Where new ids come from; injected, so that a whole run can be replayed from a seed.</summary>
public interface IIdSource
{
    /// <summary>A new id, unique for practical purposes, increasing with time within one source.</summary>
    string Next();
}

/// <summary>UUID version 7 (RFC 9562): a moment in milliseconds and 74 random bits.</summary>
public sealed class UuidSource(TimeProvider time) : IIdSource
{
#pragma warning disable RS0030 // The one place where real ids are minted.
    public string Next() => Guid.CreateVersion7(time.GetUtcNow()).ToString("D");
#pragma warning restore RS0030
}
