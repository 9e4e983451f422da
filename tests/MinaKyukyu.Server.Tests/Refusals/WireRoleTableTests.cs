using Grpc.Core;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.Tablet.Link;
using Xunit.Abstractions;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>The wire's negative table, by role; and that the table is whole.</summary>
public sealed class WireRoleTableTests(ServedHouse house, ITestOutputHelper output)
    : IClassFixture<ServedHouse>
{
    public static TheoryData<string> Rows => [.. WireRow.Roles.Select(r => r.Name)];

    public static TheoryData<string> Methods => [.. WireMethod.All.Select(m => m.Path)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Refuses_the_role_and_changes_nothing(string name)
    {
        WireRow row = WireRow.Find(name);
        await Refuses.WithAsync(row.Reason, house, () => row.Method.CallAsync(As(row.How), []));
    }

    /// <summary>The positive twin: whatever else an empty request is told, it is not told that this caller may not call.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Hears_out_each_role_that_may_call(string path)
    {
        WireMethod method = WireMethod.Find(path);
        foreach (CallerRole role in Enum.GetValues<CallerRole>().Where(method.Allows))
        {
            try
            {
                await method.CallAsync(As(RoleWords.Of(role)), []);
            }
            catch (RpcException failure)
            {
                Assert.DoesNotContain(
                    Refusal.Of(failure).Reason,
                    new[] { "UNAUTHENTICATED", "ROLE_NOT_ALLOWED", "VIEWING_OFFICER_NOT_SIGNED_ON" }
                );
            }
        }
    }

    [Fact]
    public void Every_method_of_the_contract_has_rows_in_each_part_and_no_name_comes_twice()
    {
        string[] contract =
        [
            .. typeof(Contracts.Crew.V1.CrewService)
                .Assembly.GetExportedTypes()
                .Select(t => t.GetProperty("Descriptor")?.GetValue(null))
                .OfType<Google.Protobuf.Reflection.ServiceDescriptor>()
                // Beside ours stands the health service, which answers anybody and nothing but whether we serve.
                .Where(s => s.File.Package.StartsWith("minakyukyu.", StringComparison.Ordinal))
                .SelectMany(s => s.Methods.Select(m => $"/{s.FullName}/{m.Name}"))
                .Order(StringComparer.Ordinal),
        ];
        foreach (
            IReadOnlyList<WireRow> part in new[] { WireRow.Roles, WireRow.Tokens, WireRow.Tablets }
        )
        {
            Assert.Equal(
                contract,
                part.Select(r => r.Method.Path)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
            );
        }

        output.WriteLine(
            $"{WireRow.Roles.Count} by role, {WireRow.Tokens.Count} by token, {WireRow.Tablets.Count} by tablet"
        );
        Assert.Equal(
            WireRow.All.Count(),
            WireRow.All.Select(r => r.Name).Distinct(StringComparer.Ordinal).Count()
        );
    }

    private Tests.Wire.Caller As(string role)
    {
        UnitPlan unit = house.Unit(0);
        return role.StartsWith("crew", StringComparison.Ordinal)
            ? house.CallerOf(unit.Device.Value, role, unit.Crew.Value)
            : house.CallerOf($"console-{role}", role);
    }
}
