using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Crew;

/// <summary>What every button of a crew sends: which order, by its token, and the command's id.</summary>
internal static class CrewForm
{
    public static Html Of(CrewOrder about, IIdSource ids, string action, Html inside) =>
        Html.Of(
            $"""
            <form method="post" action="/crew/{action}">{PageForm.Marks(
                about.Session,
                ids
            )}{Fields.Hidden("unit", about.Unit.Id.Value)}{Fields.Hidden(
                "incident",
                about.Incident.Id.Value
            )}{Fields.Hidden("order", about.Order.Id.Value)}{Fields.Hidden(
                "token",
                about.Order.Token.ToString(System.Globalization.CultureInfo.InvariantCulture)
            )}{inside}</form>
            """
        );
}
