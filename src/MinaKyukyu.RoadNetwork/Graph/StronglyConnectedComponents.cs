namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>
/// The parts of the graph in which every junction reaches every other, forbidden turns aside. All of them are kept; snapping
/// uses them to break near-ties. A junction and its copies count as one. Immutable.
/// </summary>
public sealed class StronglyConnectedComponents
{
    private readonly int[] _label;

    private StronglyConnectedComponents(int[] label, int[] sizes)
    {
        _label = label;
        Count = sizes.Length;
        for (int component = 0; component < sizes.Length; component++)
        {
            if (sizes[component] > LargestSize)
            {
                (Largest, LargestSize) = (component, sizes[component]);
            }
        }
    }

    public int Count { get; }

    /// <summary>The label of the largest; of equal ones the lowest label.</summary>
    public int Largest { get; }

    /// <summary>Junctions of the largest.</summary>
    public int LargestSize { get; }

    public int LabelOf(int node) => _label[node];

    public bool IsInLargest(int node) => _label[node] == Largest;

    internal static StronglyConnectedComponents Of(GraphArrays graph)
    {
        int[] junction = graph.Junction;
        int[] tail = Array.ConvertAll(graph.Tail, node => junction[node]);
        int[] head = Array.ConvertAll(graph.Head, node => junction[node]);
        (int[] firstOut, int[] outEdges) = ReverseRows.Of(head, tail, junction.Length);
        return Of(junction, firstOut, Array.ConvertAll(outEdges, edge => head[edge]));
    }

    /// <summary>Tarjan's algorithm with its recursion made explicit, because a city is deeper than a stack.</summary>
    private static StronglyConnectedComponents Of(int[] junction, int[] firstOut, int[] head)
    {
        int nodeCount = firstOut.Length - 1;
        const int unseen = -1;
        int[] index = Filled(nodeCount, unseen);
        var low = new int[nodeCount];
        int[] label = Filled(nodeCount, unseen);
        int[] next = firstOut[..nodeCount];
        var path = new Stack<int>();
        var open = new Stack<int>();
        var sizes = new List<int>();
        int counter = 0;
        for (int root = 0; root < nodeCount; root++)
        {
            if (index[root] != unseen || junction[root] != root)
            {
                continue;
            }

            Enter(root);
            while (path.Count > 0)
            {
                int node = path.Peek();
                if (next[node] < firstOut[node + 1])
                {
                    int to = head[next[node]++];
                    if (index[to] == unseen)
                    {
                        Enter(to);
                    }
                    else if (label[to] == unseen)
                    {
                        low[node] = Math.Min(low[node], index[to]);
                    }
                }
                else
                {
                    Leave(node);
                }
            }
        }

        return new StronglyConnectedComponents(
            Array.ConvertAll(junction, node => label[node]),
            [.. sizes]
        );

        void Enter(int node)
        {
            index[node] = low[node] = counter++;
            path.Push(node);
            open.Push(node);
        }

        void Leave(int node)
        {
            path.Pop();
            if (path.TryPeek(out int above))
            {
                low[above] = Math.Min(low[above], low[node]);
            }

            if (low[node] != index[node])
            {
                return;
            }

            int size = 0;
            int member;
            do
            {
                member = open.Pop();
                label[member] = sizes.Count;
                size++;
            } while (member != node);
            sizes.Add(size);
        }
    }

    private static int[] Filled(int length, int value)
    {
        var filled = new int[length];
        Array.Fill(filled, value);
        return filled;
    }
}
