namespace MinaKyukyu.RoadNetwork.Driving;

/// <summary>One value for each way of driving.</summary>
internal sealed record ByProfile<T>(T Ordinary, T Emergency)
{
    public T Of(DrivingProfile profile) =>
        profile == DrivingProfile.Emergency ? Emergency : Ordinary;
}
