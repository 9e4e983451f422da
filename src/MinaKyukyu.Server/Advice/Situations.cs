using MinaKyukyu.Dispatch;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Server.Departments;

namespace MinaKyukyu.Server.Advice;

/// <summary>Takes the picture that one decision looks at.</summary>
internal sealed class Situations(Department department, DispatchOptions options, TimeProvider time)
{
    public Situation Now() =>
        new()
        {
            Plan = department.City.Plan,
            Fleet = department.Fleet,
            Incidents = department.Incidents,
            Now = time.GetUtcNow(),
            Positions = Situation.PositionsOf(department.City.Plan, department.Positions),
            Roads = department.City.Roads,
            Snapped = department.City.Snapped,
            Hospitals = department.City.Hospitals,
            Stations = department.City.Stations,
            Options = options,
        };
}
