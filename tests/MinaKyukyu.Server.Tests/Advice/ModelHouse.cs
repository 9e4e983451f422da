using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Tests.Wire;

namespace MinaKyukyu.Server.Tests.Advice;

/// <summary>The served house with every unit on duty and a model that a test can change.</summary>
public sealed class ModelHouse : ServedHouse
{
    internal GivenModel Model { get; } = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (UnitPlan unit in Plan.Units)
        {
            await Run.SignOnAsync(this, unit);
        }
    }

    protected override void Plug(IServiceCollection services) =>
        services.AddSingleton<IModelInForce>(Model);

    internal sealed class GivenModel : IModelInForce
    {
        public ITimeToSceneModel? Current { get; set; }

        public ReasonCode WhyNone { get; set; } = ReasonCode.NoModel;

        public bool HoldsInterval { get; set; } = true;
    }
}
