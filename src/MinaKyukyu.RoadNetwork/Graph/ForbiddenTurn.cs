namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>A turn that may not be made from one edge into another that begins where the first ends.</summary>
/// <param name="FromRow">The edge that is left, by the order in which the builder was given it.</param>
/// <param name="IntoRow">The edge that may not be entered from it.</param>
internal readonly record struct ForbiddenTurn(
    int FromRow,
    int IntoRow,
    bool BindsOrdinary,
    bool BindsEmergency
);
