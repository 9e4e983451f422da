namespace MinaKyukyu.Server.Tests.Identity;

/// <summary>Beyond this machine a node does not start with anything missing, and says all of it at once.</summary>
public sealed class AddressTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("mina-address-").FullName;

    private MinaServerOptions Options =>
        new()
        {
            Data = _data,
            City = "nowhere",
            Codes = "nowhere",
        };

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("http://0.0.0.0:5081", "http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5081", "http://192.0.2.7:5080")]
    [InlineData("https://[::]:5081", "https://[::1]:5080")]
    public void Names_everything_that_is_missing_for_an_open_address(string grpc, string web)
    {
        string said = Refuse(
            Options with
            {
                Grpc = new Uri(grpc),
                Web = new Uri(web),
                DemoIdentities = true,
            }
        );
        Assert.Contains("TLS", said, StringComparison.Ordinal);
        Assert.Contains("device certificates", said, StringComparison.Ordinal);
        Assert.Contains("sign-on", said, StringComparison.Ordinal);
        Assert.Contains("no --demo-identities", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_made_for_demonstrations_stands_on_an_open_address()
    {
        string authority = Path.Combine(_data, "authority.pem");
        File.WriteAllText(authority, "");
        MinaServerOptions open = Options with
        {
            Grpc = new Uri("https://0.0.0.0:5081"),
            Web = new Uri("https://0.0.0.0:5080"),
            Tls = new TlsOptions("c", "k", authority),
            Oidc = new OidcOptions(new Uri("https://issuer.invalid"), "mina"),
        };
        Assert.Contains(
            "It needs: --demo-identities を外す / no --demo-identities.",
            Refuse(open with { DemoIdentities = true }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "It needs: --development-issuer を外す / no --development-issuer.",
            Refuse(open with { DevelopmentIssuer = true }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "It needs: --reflection を外す / no --reflection.",
            Refuse(open with { Reflection = true }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("https://127.0.0.1:5081", "https://127.0.0.1:5080", "needs --tls-certificate")]
    [InlineData("ftp://127.0.0.1:5081", "http://127.0.0.1:5080", "is not an address")]
    [InlineData("http://example.invalid:5081", "http://127.0.0.1:5080", "is not an address")]
    public void Refuses_an_address_that_it_cannot_serve(string grpc, string web, string why) =>
        Assert.Contains(
            why,
            Refuse(Options with { Grpc = new Uri(grpc), Web = new Uri(web) }),
            StringComparison.Ordinal
        );

    private static string Refuse(MinaServerOptions options) =>
        Assert.Throws<MinaServerException>(() => MinaServer.Build(options)).Message;
}
