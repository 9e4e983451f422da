namespace MinaKyukyu.RoadNetwork.Driving;

/// <summary>How the vehicle drives. Each profile has its own weights; neither is a discount on the other.</summary>
public enum DrivingProfile
{
    /// <summary>With the traffic, as any vehicle (通常走行): back to the station, moving up.</summary>
    Ordinary = 0,

    /// <summary>With lights and siren (緊急走行).</summary>
    Emergency = 1,
}
