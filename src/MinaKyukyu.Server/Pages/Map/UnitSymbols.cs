using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Sentences;

namespace MinaKyukyu.Server.Pages.Map;

/// <summary>Each state has a shape of its own, so that nobody needs to see colours; the stylesheet adds them.</summary>
internal static class UnitSymbols
{
    /// <summary>About the origin, within a circle of radius 10.</summary>
    public static Html Shape(UnitState state) =>
        state switch
        {
            UnitState.AtStation => Html.Of($"""<circle r="7.5"/>"""),
            UnitState.Dispatched => Html.Of($"""<path d="M0 -10L10 0L0 10L-10 0Z"/>"""),
            UnitState.EnRoute => Html.Of($"""<path d="M0 -9.5L9.5 8L-9.5 8Z"/>"""),
            UnitState.OnScene => Html.Of($"""<path d="M-7.5 -7.5H7.5V7.5H-7.5Z"/>"""),
            UnitState.Transporting => Html.Of($"""<path d="M-9 -6H2L10 0L2 6H-9Z"/>"""),
            UnitState.AtHospital => Html.Of($"""<path d="M-3 -9H3V-3H9V3H3V9H-3V3H-9V-3H-3Z"/>"""),
            UnitState.Returning => Html.Of($"""<path d="M0 9.5L9.5 -8L-9.5 -8Z"/>"""),
            UnitState.OffDuty => Html.Of($"""<path d="M-7 -7L7 7M7 -7L-7 7"/>"""),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static string ClassOf(UnitState state) => "s-" + (int)state;

    /// <summary>The shape beside a word, in a line of text.</summary>
    public static Html Beside(UnitState state) =>
        Html.Of(
            $"""<svg class="sym {ClassOf(state)}" viewBox="-12 -12 24 24" role="img" aria-label="{UnitStates.Words(state).Ja}">{Shape(state)}</svg>"""
        );
}
