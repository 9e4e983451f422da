namespace MinaKyukyu.Architecture.Tests.House;

/// <summary>Holds arrows against the table: pure, so that a planted wrong arrow is caught by the very same lines.</summary>
public static class Arrows
{
    /// <returns>One sentence for each wrong arrow; empty when the house stands.</returns>
    public static IEnumerable<string> Wrong(IEnumerable<Arrow> found)
    {
        Arrow[] arrows = [.. found.Distinct()];
        foreach (Arrow arrow in arrows)
        {
            if (Rooms.Find(arrow.From) is not { } room)
            {
                yield return $"{arrow.From} is a room that the table does not know.";
            }
            else if (!room.MaySee.Contains(arrow.To))
            {
                yield return $"{arrow} is not an arrow of the house.";
            }
        }

        foreach (string blind in Rooms.NeverSeeRecords)
        {
            if (FindPath(arrows, blind, Rooms.MedicalInfo) is { } path)
            {
                yield return $"A path leads to the records: {string.Join(" → ", path)}.";
            }
        }
    }

    private static List<string>? FindPath(Arrow[] arrows, string from, string to)
    {
        var cameFrom = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var waiting = new Queue<string>([from]);
        while (waiting.TryDequeue(out string? room))
        {
            foreach (Arrow arrow in arrows.Where(a => a.From == room))
            {
                if (cameFrom.TryAdd(arrow.To, room))
                {
                    waiting.Enqueue(arrow.To);
                }
            }
        }

        if (!cameFrom.ContainsKey(to))
        {
            return null;
        }

        List<string> path = [];
        for (string? room = to; room is not null; room = cameFrom[room])
        {
            path.Insert(0, room);
        }

        return path;
    }
}
