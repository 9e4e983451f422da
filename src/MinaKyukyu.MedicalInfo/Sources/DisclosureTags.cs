using System.Text.Json;

namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>To whom a row may be disclosed, by its tags of JP_ehrshrs_indication; of two tags the stricter wins.</summary>
internal readonly record struct DisclosureTags(
    bool IsUndelivered,
    bool HasUnknown,
    bool IsUninformed,
    bool IsKeptLonger
)
{
    public static DisclosureTags Of(JsonElement resource)
    {
        DisclosureTags tags = default;
        foreach (JsonElement tag in resource.Member("meta").List("tag"))
        {
            if (tag.Text("system") == FhirNames.Indication)
            {
                tags = tag.Text("code") switch
                {
                    "UNDELIVERED" => tags with { IsUndelivered = true },
                    "UNINFORMED" => tags with { IsUninformed = true },
                    "LTS" => tags with { IsKeptLonger = true },
                    _ => tags with { HasUnknown = true },
                };
            }
        }

        return tags;
    }
}
