using System.Globalization;
using TypeV1 = MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>One page of a list. The token is where the page before ended.</summary>
internal static class Paging
{
    private const int Usual = 50;
    private const int Largest = 200;

    public static (IReadOnlyList<T> Page, string NextToken) Take<T>(IEnumerable<T> all, TypeV1.PageRequest? request)
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
