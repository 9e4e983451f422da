using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>
/// An authority that nobody here wrote: Debian's <c>openssl</c> issues the cards, writes the lists and answers the questions, in a
/// directory that is thrown away.
/// </summary>
internal sealed partial class OpensslAuthority : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("mina-ocsp-").FullName;
    private readonly string _keyOptions;
    private Process? _responder;

    /// <param name="isNextCard">ECDSA P-384 with SHA-384, as planned for the next card.</param>
    public OpensslAuthority(bool isNextCard)
    {
        IsNextCard = isNextCard;
        _keyOptions = isNextCard ? "ec -pkeyopt ec_paramgen_curve:secp384r1" : "rsa:2048";
        string digest = isNextCard ? "sha384" : "sha256";
        File.WriteAllText(
            PathOf("o.cnf"),
            Configuration.Replace("DIGEST", digest, StringComparison.Ordinal)
        );
        File.WriteAllText(PathOf("index.txt"), "");
        File.WriteAllText(PathOf("serial"), "6000000000001000");
        File.WriteAllText(PathOf("crlnumber"), "01");
        Run(
            $"req -x509 -newkey {_keyOptions} -nodes -keyout ca.key -out ca.pem -subj /C=JP/O=JPKI-TEST/OU=openssl -days 30 -config o.cnf -extensions root -{digest}"
        );
    }

    public bool IsNextCard { get; }

    public string RootPem => File.ReadAllText(PathOf("ca.pem"));

    /// <summary>Issues a card, or a responder's certificate.</summary>
    /// <param name="extensions">Section of the configuration.</param>
    public string Issue(string name, string extensions = "card")
    {
        Request(name);
        Run(
            $"ca -batch -config o.cnf -extensions {extensions} -in {name}.csr -out {name}.pem -notext"
        );
        return PathOf(name + ".pem");
    }

    /// <summary>A card with the authority's own signature that stands in no index: the responder has never heard of it.</summary>
    public string IssueBesideTheIndex(string name)
    {
        Request(name);
        Run(
            $"x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -set_serial 0x6000000000009999 -{(IsNextCard ? "sha384" : "sha256")} -days 30 -extfile o.cnf -extensions card -out {name}.pem"
        );
        return PathOf(name + ".pem");
    }

    public void Revoke(string name, string reason) =>
        Run($"ca -config o.cnf -revoke {name}.pem -crl_reason {reason}");

    /// <summary>The list as it is now, PEM.</summary>
    public byte[] List()
    {
        Run("ca -config o.cnf -gencrl -out crl.pem");
        return File.ReadAllBytes(PathOf("crl.pem"));
    }

    public byte[] ListInDer()
    {
        List();
        Run("crl -in crl.pem -outform DER -out crl.der");
        return File.ReadAllBytes(PathOf("crl.der"));
    }

    public X509Certificate2 Certificate(string name) =>
        X509CertificateLoader.LoadCertificateFromFile(PathOf(name + ".pem"));

    /// <summary>The card's signature over octets, as the card would give it.</summary>
    public byte[] Sign(string name, byte[] octets)
    {
        string pem = File.ReadAllText(PathOf(name + ".key"));
        if (IsNextCard)
        {
            using ECDsa ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(pem);
            return ecdsa.SignData(octets, HashAlgorithmName.SHA384);
        }

        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa.SignData(octets, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Starts <c>openssl ocsp</c> as a responder on a port that the system chooses.</summary>
    /// <param name="signer">Name of the certificate that signs the answers; <c>ca</c> is the authority itself.</param>
    public async Task<Uri> StartResponderAsync(string signer)
    {
        _responder = Process.Start(
            Words(
                $"ocsp -index index.txt -CA ca.pem -rsigner {signer}.pem -rkey {signer}.key -port 0 -nmin 5 -rmd {(IsNextCard ? "sha384" : "sha256")}"
            )
        )!;
        _responder.ErrorDataReceived += (_, _) => { };
        _responder.BeginErrorReadLine();
        using CancellationTokenSource limit = new(Within);
        while (await _responder.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (AcceptLine().Match(line) is { Success: true } match)
            {
                return new Uri(
                    $"http://127.0.0.1:{int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture)}/"
                );
            }
        }

        throw new InvalidOperationException("openssl ocsp did not start.");
    }

    /// <summary>Ends the responder, so that nobody listens at its address any more.</summary>
    public void StopResponder()
    {
        if (_responder is { HasExited: false })
        {
            _responder.Kill();
            _responder.WaitForExit();
        }

        _responder?.Dispose();
        _responder = null;
    }

    public void Dispose()
    {
        StopResponder();
        Directory.Delete(_directory, recursive: true);
    }

    private void Request(string name) =>
        Run(
            $"req -newkey {_keyOptions} -nodes -keyout {name}.key -out {name}.csr -subj /C=JP/CN={name} -config o.cnf"
        );

    private string PathOf(string file) => Path.Combine(_directory, file);

    private ProcessStartInfo Words(string words) =>
        new("openssl", words.Split(' '))
        {
            WorkingDirectory = _directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private void Run(string words)
    {
        using Process process = Process.Start(Words(words))!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Within));
        Assert.True(process.ExitCode == 0, error.Result);
    }

    [GeneratedRegex(@"ACCEPT .*:(?<port>\d+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AcceptLine();

    private const string Configuration = """
        [ca]
        default_ca = d
        [d]
        dir = .
        database = index.txt
        new_certs_dir = .
        serial = serial
        crlnumber = crlnumber
        certificate = ca.pem
        private_key = ca.key
        default_md = DIGEST
        policy = p
        default_days = 30
        default_crl_hours = 12
        unique_subject = no
        crl_extensions = list
        [p]
        countryName = optional
        organizationName = optional
        commonName = supplied
        [req]
        distinguished_name = dn
        prompt = no
        [dn]
        C = JP
        CN = x
        [root]
        basicConstraints = critical,CA:TRUE
        keyUsage = critical,keyCertSign,cRLSign
        subjectKeyIdentifier = hash
        [card]
        keyUsage = critical,digitalSignature
        extendedKeyUsage = clientAuth
        certificatePolicies = critical,2.25.136374218931049671158803462317598237441
        [responder]
        keyUsage = critical,digitalSignature
        extendedKeyUsage = critical,OCSPSigning
        noCheck = ignored
        [notresponder]
        keyUsage = critical,digitalSignature
        extendedKeyUsage = critical,serverAuth
        noCheck = ignored
        [list]
        authorityKeyIdentifier = keyid
        [partlist]
        authorityKeyIdentifier = keyid
        issuingDistributionPoint = critical,@part
        [part]
        fullname = URI:http://lists.invalid/part-1
        """;
}
