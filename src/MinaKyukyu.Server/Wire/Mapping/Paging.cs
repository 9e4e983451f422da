using System.Globalization;
using TypeV1 = MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>One page of a list. The token is where the page before ended.</summary>
internal static class Paging
{
    private const int Usual = 50;
    private const int Largest = 200;

    /// <summary>How many bytes of one list a page may hold: three quarters of the largest message; the rest is for what stands around it.</summary>
    private const int MostBytes = 48 * 1024;

    /// <summary>As <see cref="Take{T}"/>, of pictures whose size nobody knows beforehand: a page ends early rather than be too large to send.</summary>
    public static (IReadOnlyList<TPicture> Page, string NextToken) Take<T, TPicture>(
        IEnumerable<T> all,
        TypeV1.PageRequest? request,
        Func<T, TPicture> draw
    )
        where TPicture : Google.Protobuf.IMessage
    {
        (IReadOnlyList<T> page, string next) = Take(all, request);
        var drawn = new List<TPicture>(page.Count);
        int bytes = 0;
        foreach (TPicture picture in page.Select(draw))
        {
            bytes += picture.CalculateSize();
            if (bytes > MostBytes && drawn.Count > 0)
            {
                int end = SkipOf(request?.PageToken ?? "") + drawn.Count;
                return (drawn, end.ToString(CultureInfo.InvariantCulture));
            }

            drawn.Add(picture);
        }

        return (drawn, next);
    }

    public static (IReadOnlyList<T> Page, string NextToken) Take<T>(
        IEnumerable<T> all,
        TypeV1.PageRequest? request
    )
    {
        int size = request is { PageSize: > 0 } ? Math.Min(request.PageSize, Largest) : Usual;
        int skip = SkipOf(request?.PageToken ?? "");
        List<T> taken = [.. all.Skip(skip).Take(size + 1)];
        bool isLast = taken.Count <= size;
        if (!isLast)
        {
            taken.RemoveAt(size);
        }

        return (taken, isLast ? "" : (skip + size).ToString(CultureInfo.InvariantCulture));
    }

    private static int SkipOf(string token)
    {
        if (token.Length == 0)
        {
            return 0;
        }

        return int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int skip)
            ? skip
            : throw Parse.Malformed("page.page_token");
    }
}
