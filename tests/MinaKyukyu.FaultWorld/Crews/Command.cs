using System.Security.Cryptography;
using System.Text;

namespace MinaKyukyu.FaultWorld.Crews;

/// <summary>Who sends.</summary>
internal sealed record Sender(string Device, string Role, string? Crew)
{
    public static Sender Console { get; } = new("console-prove", "dispatcher", null);
}

/// <summary>A request that wants an effect: the same bytes however often it is sent.</summary>
/// <param name="Method">Such as <c>minakyukyu.incident.v1.IncidentService/OpenIncident</c>.</param>
internal sealed record Command(Sender By, string Method, string RequestId, byte[] Body)
{
    public string Key => $"{By.Device}/{RequestId}";

    /// <summary>Under which the journal keeps the answer: of the method and the bytes.</summary>
    public byte[] Hash() => SHA256.HashData([.. Encoding.ASCII.GetBytes($"/{Method}"), .. Body]);

    public string ShortMethod => Method[(Method.LastIndexOf('/') + 1)..];
}
