using MinaKyukyu.Fleet.Plan;

namespace MinaKyukyu.Server.City;

/// <summary>What a city's directory says of its department, without its roads; for programs that start crews.</summary>
public static class SampleCity
{
    /// <exception cref="CityFileException">The file cannot be used.</exception>
    public static DepartmentPlan Plan(string directory) => CityFile.ReadPlan(directory);
}
