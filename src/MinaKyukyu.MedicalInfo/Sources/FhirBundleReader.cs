using System.Text.Json;
using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>What was left out while an answer was read; counts only.</summary>
internal sealed class ReadingTally
{
    public int Undelivered { get; set; }

    public int UnknownTag { get; set; }

    public int Unreadable { get; set; }

    public int Void { get; set; }

    public bool HasMaskedDigits { get; set; }
}

/// <summary>Reads a searchset Bundle structurally: what we need, where the profiles put it; nothing is validated beyond that.</summary>
internal static class FhirBundleReader
{
    /// <summary>Deepest nesting that is read; resources of the profiles stay below 12.</summary>
    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = 32,
        AllowDuplicateProperties = false,
    };

    /// <summary>Most rows that are read of one kind; more are counted as unreadable, so that the section is never called whole.</summary>
    /// <value>2,000: five years of monthly claims with thirty rows each.</value>
    private const int MostRows = 2_000;

    /// <param name="isNotFound">The source answered 404: only an echoed "not-found" is believed, so that a wrong address is never taken for "nothing on file".</param>
    /// <exception cref="JsonException">The body is not JSON, is nested too deeply, or names a member twice.</exception>
    public static SourceAnswer Read(
        ReadOnlyMemory<byte> body,
        RecordKind kind,
        string nonce,
        string subject,
        bool isNotFound,
        ReadingTally tally
    )
    {
        using JsonDocument document = JsonDocument.Parse(body, Strict);
        JsonElement root = document.RootElement;
        string? type = root.Text("resourceType");
        if (type is not ("Bundle" or "OperationOutcome"))
        {
            return new SourceAnswer.Unavailable(UnavailableReason.Malformed);
        }

        if (!IsEcho(root, nonce, subject))
        {
            return new SourceAnswer.Mismatch();
        }

        if (isNotFound)
        {
            return type == "OperationOutcome" && root.First("issue").Text("code") == "not-found"
                ? new SourceAnswer.Nothing(IsSimulated(root))
                : new SourceAnswer.Unavailable(UnavailableReason.Malformed);
        }

        return type == "Bundle" && root.Text("type") == "searchset"
            ? ReadEntries(root, kind, tally)
            : new SourceAnswer.Unavailable(UnavailableReason.Malformed);
    }

    private static SourceAnswer ReadEntries(JsonElement bundle, RecordKind kind, ReadingTally tally)
    {
        List<SourceRow> rows = [];
        string? person = null;
        int read = 0;
        foreach (JsonElement entry in bundle.List("entry"))
        {
            if (entry.Member("search").Text("mode") is "outcome" or "include")
            {
                continue;
            }

            if (++read > MostRows || entry.Member("resource") is not { } resource)
            {
                tally.Unreadable++;
                continue;
            }

            string? about =
                kind == RecordKind.Holder
                    ? resource.Text("id")
                    : (resource.Member("subject") ?? resource.Member("patient")).Text("reference");
            if (about is null)
            {
                // A row that does not say whose it is, is nobody's.
                tally.Unreadable++;
                continue;
            }

            person ??= about;
            if (!string.Equals(person, about, StringComparison.Ordinal))
            {
                return new SourceAnswer.Mismatch();
            }

            if (FhirRowReader.Read(resource, kind, tally) is { } row)
            {
                rows.Add(row);
            }
        }

        bool isWhole = tally.Unreadable == 0 && tally.UnknownTag == 0 && !HasNextPage(bundle);
        return rows.Count == 0 && isWhole
            ? new SourceAnswer.Nothing(IsSimulated(bundle))
            : new SourceAnswer.Found(rows, isWhole, IsSimulated(bundle));
    }

    private static bool HasNextPage(JsonElement bundle) =>
        bundle.List("link").Any(link => link.Text("relation") == "next");

    private static bool IsEcho(JsonElement root, string nonce, string subject)
    {
        string? echoedNonce = null;
        string? echoedSubject = null;
        foreach (JsonElement extension in root.Member("meta").List("extension"))
        {
            switch (extension.Text("url"))
            {
                case FhirNames.EchoNonce:
                    echoedNonce = extension.Text("valueString");
                    break;
                case FhirNames.EchoSubject:
                    echoedSubject = extension.Text("valueString");
                    break;
            }
        }

        return string.Equals(echoedNonce, nonce, StringComparison.Ordinal)
            && string.Equals(echoedSubject, subject, StringComparison.Ordinal);
    }

    private static bool IsSimulated(JsonElement root) =>
        root.Member("meta")
            .List("tag")
            .Any(tag => tag.Text("system") == FhirNames.ActReason && tag.Text("code") == "HTEST");
}
