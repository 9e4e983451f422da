using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MinaKyukyu.RoadNetwork.Contraction;

/// <summary>
/// Milliseconds by arc, one way. The arcs up from a rank are a row; a row that is not as usual stands apart, and all others are
/// those of the usual metric itself, so that a closure costs what it changes and not what the roads are. Immutable.
/// </summary>
internal sealed class TimesByArc
{
    private const int RanksInBlock = 1 << BlockBits;
    private const int BlockBits = 8;

    private readonly ContractedRoads _roads;
    private readonly int[] _usual;
    private readonly Block?[] _blocks;

    private TimesByArc(ContractedRoads roads, int[] usual, Block?[] blocks)
    {
        _roads = roads;
        _usual = usual;
        _blocks = blocks;
    }

    /// <summary>Nothing stands apart.</summary>
    /// <param name="usual">By arc; kept, and not to be changed any more.</param>
    /// <exception cref="ArgumentException">Not one time for each arc.</exception>
    public TimesByArc(ContractedRoads roads, int[] usual)
        : this(roads, usual, new Block?[(roads.NodeCount + RanksInBlock - 1) >> BlockBits])
    {
        if (usual.Length != roads.ArcCount)
        {
            throw new ArgumentException("There must be one time for each arc.", nameof(usual));
        }
    }

    /// <summary>By arc, what it takes when nothing is out of the ordinary.</summary>
    public ReadOnlySpan<int> Usual => _usual;

    public int this[int arc]
    {
        get
        {
            int rank = _roads.UpTail[arc];
            return Apart(rank) is { } row ? row[arc - _roads.UpFirst[rank]] : _usual[arc];
        }
    }

    /// <summary>The times of the arcs up from a rank, in their order.</summary>
    public ReadOnlySpan<int> Row(int rank)
    {
        int first = _roads.UpFirst[rank];
        return MemoryMarshal.CreateReadOnlySpan(
            in RowAt(rank, first),
            _roads.UpFirst[rank + 1] - first
        );
    }

    /// <summary>The first of <see cref="Row"/>, for loops that know where it ends.</summary>
    /// <param name="first">The first arc up from the rank.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly int RowAt(int rank, int first) =>
        ref Apart(rank) is { } row
            ? ref MemoryMarshal.GetArrayDataReference(row)
            : ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_usual), first);

    /// <summary>Whether the arcs up from a rank take the same by both, which must be of the same roads.</summary>
    public bool IsSameRow(TimesByArc other, int rank)
    {
        int first = _roads.UpFirst[rank];
        return Unsafe.AreSame(in RowAt(rank, first), in other.RowAt(rank, first))
            || Row(rank).SequenceEqual(other.Row(rank));
    }

    private int[]? Apart(int rank) => _blocks[rank >> BlockBits]?.Rows[rank & (RanksInBlock - 1)];

    /// <summary>Rows that stand apart, of ranks beside one another.</summary>
    private sealed class Block
    {
        public Block()
            : this(new int[]?[RanksInBlock]) { }

        private Block(int[]?[] rows) => Rows = rows;

        /// <summary>Null where a row is as usual.</summary>
        public int[]?[] Rows { get; }

        public Block Copy() => new([.. Rows]);
    }

    /// <summary>Times that are being changed; those they began from stay as they are. Not safe for threads.</summary>
    internal sealed class Draft(TimesByArc before)
    {
        private readonly TimesByArc _times = new(before._roads, before._usual, [.. before._blocks]);
        private readonly HashSet<Block> _ownBlocks = [];
        private readonly HashSet<int> _ownRows = [];

        public int this[int arc]
        {
            get => _times[arc];
            set
            {
                int rank = _times._roads.UpTail[arc];
                OwnRow(rank)[arc - _times._roads.UpFirst[rank]] = value;
            }
        }

        /// <summary>The changed times. The draft must not be used after it.</summary>
        public TimesByArc Finish()
        {
            foreach (int rank in _ownRows)
            {
                int first = _times._roads.UpFirst[rank];
                ReadOnlySpan<int> row = _times.Row(rank);
                if (row.SequenceEqual(_times._usual.AsSpan(first, row.Length)))
                {
                    OwnBlock(rank).Rows[rank & (RanksInBlock - 1)] = null;
                }
            }

            return _times;
        }

        private int[] OwnRow(int rank)
        {
            ref int[]? row = ref OwnBlock(rank).Rows[rank & (RanksInBlock - 1)];
            if (_ownRows.Add(rank))
            {
                row = _times.Row(rank).ToArray();
            }

            return row!;
        }

        private Block OwnBlock(int rank)
        {
            ref Block? block = ref _times._blocks[rank >> BlockBits];
            if (block is null || !_ownBlocks.Contains(block))
            {
                block = block?.Copy() ?? new Block();
                _ownBlocks.Add(block);
            }

            return block;
        }
    }
}
