using MinaKyukyu.Contracts.MedicalInfo.V1;

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

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _sections.Count == 0;
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
        _sections.Clear();
        _untilGrantEnds?.Dispose();
        _untilGrantEnds = null;
    }
}
