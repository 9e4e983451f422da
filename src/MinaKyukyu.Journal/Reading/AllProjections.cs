namespace MinaKyukyu.Journal.Reading;

/// <summary>Every projection of a journal, told one after the other.</summary>
internal sealed class AllProjections(IReadOnlyList<IProjection> projections) : IProjection
{
    public void Apply(ReadOnlySpan<JournaledFact> facts)
    {
        foreach (IProjection projection in projections)
        {
            projection.Apply(facts);
        }
    }
}
