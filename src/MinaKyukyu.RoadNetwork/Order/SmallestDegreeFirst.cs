using System.Numerics;

namespace MinaKyukyu.RoadNetwork.Order;

/// <summary>A few nodes in the order of fewest neighbours, the neighbours of each removed one being joined with one another.</summary>
internal static class SmallestDegreeFirst
{
    /// <summary>The neighbours of a node are the bits of one word.</summary>
    public const int MostNodes = 16;

    /// <param name="nodes">Reordered in place; ties by place in it.</param>
    public static void Sort(Piece piece, Span<int> nodes)
    {
        Span<uint> neighbours = stackalloc uint[MostNodes];
        Span<int> sorted = stackalloc int[MostNodes];
        for (int i = 0; i < nodes.Length; i++)
        {
            neighbours[i] = 0;
            for (int arc = piece.First[i]; arc < piece.First[i + 1]; arc++)
            {
                neighbours[i] |= 1u << piece.Head[arc];
            }
        }

        uint left = (uint)((1UL << nodes.Length) - 1);
        for (int rank = 0; rank < nodes.Length; rank++)
        {
            int least = -1;
            for (int i = 0; i < nodes.Length; i++)
            {
                bool isLess =
                    (left & (1u << i)) != 0
                    && (
                        least < 0
                        || BitOperations.PopCount(neighbours[i] & left)
                            < BitOperations.PopCount(neighbours[least] & left)
                    );
                least = isLess ? i : least;
            }

            left &= ~(1u << least);
            sorted[rank] = nodes[least];
            uint around = neighbours[least] & left;
            for (uint rest = around; rest != 0; rest &= rest - 1)
            {
                int one = BitOperations.TrailingZeroCount(rest);
                neighbours[one] |= around & ~(1u << one);
            }
        }

        sorted[..nodes.Length].CopyTo(nodes);
    }
}
