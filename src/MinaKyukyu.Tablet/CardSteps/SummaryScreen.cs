using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Tablet.CardSteps;

/// <summary>
/// What of a record stands on the screen: in memory only, and gone at handover, when the grant ends, or when consent is withdrawn.
/// Thread-safe.
/// </summary>
public sealed class SummaryScreen(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<SummarySection> _sections = [];
    private ITimer? _untilGrantEnds;
    private Words? _holderQuestion;
    private bool _isOpen;

    /// <summary>A copy of what is shown now.</summary>
    public IReadOnlyList<SummarySection> Sections
    {
        get
        {
            lock (_gate)
            {
                return [.. _sections];
            }
        }
    }

    /// <summary>What the server asks about the card's holder, while it waits for the crew's word; null: nothing.</summary>
    public Words? HolderQuestion
    {
        get
        {
            lock (_gate)
            {
                return _holderQuestion;
            }
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _sections.Count == 0 && _holderQuestion is null;
            }
        }
    }

    /// <summary>Shows sections from now until the grant ends; what an earlier grant showed goes.</summary>
    public void Open(DateTimeOffset grantEnds)
    {
        TimeSpan left = grantEnds - time.GetUtcNow();
        lock (_gate)
        {
            Wipe();
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            _isOpen = true;
            _untilGrantEnds = time.CreateTimer(
                static screen => ((SummaryScreen)screen!).Clear(),
                this,
                left,
                Timeout.InfiniteTimeSpan
            );
        }
    }

    /// <summary>A section that comes after the screen was cleared is not shown.</summary>
    public void Show(SummarySection section)
    {
        lock (_gate)
        {
            if (_isOpen)
            {
                _sections.RemoveAll(s =>
                    string.Equals(s.Kind, section.Kind, StringComparison.Ordinal)
                );
                _sections.Add(section);
            }
        }
    }

    /// <summary>Asks before anything is shown; not after the screen was cleared.</summary>
    public void Ask(Words? holderQuestion)
    {
        lock (_gate)
        {
            _holderQuestion = _isOpen ? holderQuestion : null;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            Wipe();
        }
    }

    public void Dispose() => Clear();

    private void Wipe()
    {
        _isOpen = false;
        _holderQuestion = null;
        _sections.Clear();
        _untilGrantEnds?.Dispose();
        _untilGrantEnds = null;
    }
}
