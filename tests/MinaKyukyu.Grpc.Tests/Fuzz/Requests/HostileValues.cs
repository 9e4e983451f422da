namespace MinaKyukyu.GrpcTests.Fuzz.Requests;

/// <summary>Values of headers that somebody sends who has not read the specification, or who has.</summary>
internal static class HostileValues
{
    public static readonly string[] Any =
    [
        "",
        " ",
        ",",
        ",,,,",
        "%",
        "%zz",
        "%00%0D%0Agrpc-status: 0",
        "\0",
        "\r\ngrpc-status: 0",
        "\u0080\u00FF",
        "\u007F",
        Canaries.AsHeader,
        Canaries.AsPercents,
        new string('x', 9_000),
        new string('%', 3_000),
        new string(',', 3_000),
        new string('y', 40_000),
        "-1",
        "99999999999999999999",
        "null",
    ];

    public static readonly string[] Timeouts =
    [
        "0n",
        "1n",
        "1u",
        "1m",
        "99999999H",
        "99999999n",
        "100000000S",
        "5",
        "S",
        "5s",
        "5x",
        "-5S",
        "+5S",
        "5.5S",
        " 5S",
        "5 S",
        "5S,5S",
        "٥S",
        "0x5S",
        Canaries.CardNumber,
        Canaries.BirthDate,
    ];

    public static readonly string[] Encodings =
    [
        "gzip",
        "identity",
        "GZIP",
        "gzip,identity",
        "gzip, gzip",
        " gzip ",
        "deflate",
        "br",
        "zstd",
        "snappy",
        "*",
        "gzip;q=1",
    ];

    public static readonly string[] ContentTypes =
    [
        "application/grpc",
        "application/grpc+proto",
        "application/grpc+json",
        "application/grpc;charset=utf-8",
        "APPLICATION/GRPC",
        "application/grpc-web",
        "application/grpc-web+proto",
        "application/grpc-web-text",
        "application/grpcx",
        "application/grpc+",
        "application/grpc;",
        "application/grpc;;;=",
        "application",
        "text/plain",
        "application/json",
        "application/grpc, application/grpc",
    ];

    public static readonly string[] Base64 =
    [
        "",
        "=",
        "====",
        "A",
        "AA",
        "AAA",
        "AAA=",
        "AA==",
        "A===",
        "AA=A",
        "A A A",
        "AAAA,BBBB",
        "AAAA,,BBBB",
        ",",
        "-_-_",
        "!!!!",
        "%41%41",
        Canaries.AsHeader,
        Canaries.CardNumber + "!",
        new string('A', 9_001),
        new string(',', 2_000),
    ];

    public static readonly string[] Paths =
    [
        "",
        "/",
        "//",
        "*",
        "/minakyukyu.test.v1.Echo",
        "/minakyukyu.test.v1.Echo/",
        "/minakyukyu.test.v1.Echo/Missing",
        "/minakyukyu.test.v1.Echo/unary",
        "/minakyukyu.test.v1.Echo/Unary/",
        "/minakyukyu.test.v1.Echo/Unary/more",
        "/minakyukyu.test.v1.Echo/Unary?card=" + Canaries.CardNumber,
        "/minakyukyu.test.v1.Echo/Unary#" + Canaries.BirthDate,
        "/minakyukyu.test.v1.Echo/%55nary",
        "/minakyukyu.test.v1.Echo/%",
        "/minakyukyu.test.v1.Echo/%00",
        "/minakyukyu.test.v1.Echo/%FF%FE",
        "/minakyukyu.test.v1.Echo/../Echo/Unary",
        "/minakyukyu.test.v1.Echo%2FUnary",
        "/nobody/Nothing",
        "/" + Canaries.CardNumber + "/" + Canaries.BirthDate,
        "/" + Canaries.AsPercents + "/" + Canaries.AsPercents,
        "/" + Canaries.AsHeader + "/Unary",
        "http://elsewhere/minakyukyu.test.v1.Echo/Unary",
        "minakyukyu.test.v1.Echo/Unary",
        "/\0/\r\n",
        "/" + new string('a', 9_000) + "/b",
    ];

    public static readonly string[] Verbs =
    [
        "GET",
        "PUT",
        "HEAD",
        "OPTIONS",
        "DELETE",
        "TRACE",
        "CONNECT",
        "PRI",
        "post",
        "",
        "P OST",
        "POST\0",
        "CARD-" + Canaries.CardNumber,
        new string('M', 3_000),
    ];
}
