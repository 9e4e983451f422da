using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Forms;

/// <summary>A form as it came back.</summary>
internal sealed class PageForm(IFormCollection fields)
{
    public const string Key = "form_key";
    public const string RequestId = "request_id";

    /// <summary>What every form carries: the session's key, and the command's id, so that a double click is one command.</summary>
    public static Html Marks(PageSession session, IIdSource ids) =>
        Html.Of($"{Fields.Hidden(Key, session.FormKey)}{Fields.Hidden(RequestId, ids.Next())}");

    public string this[string name] => fields[name].ToString();

    public bool IsFrom(PageSession session) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(this[Key]),
            Encoding.UTF8.GetBytes(session.FormKey)
        );

    /// <exception cref="Wire.InvalidRequestException">The form carries no command id.</exception>
    public Command Command(Caller by, string path) =>
        new(by, Parse.Id(this[RequestId], RequestId, id => new RequestId(id)), BodyHash(path));

    public int Int(string name) =>
        int.TryParse(
            this[name],
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out int value
        )
            ? value
            : 0;

    public double? Double(string name) =>
        double.TryParse(
            this[name],
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out double value
        ) && double.IsFinite(value)
            ? value
            : null;

    /// <summary>Over path and fields in the order of their names, each with its length, so that no two forms look alike.</summary>
    private byte[] BodyHash(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, path);
        foreach (string name in fields.Keys.Where(k => k != Key).Order(StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, this[name]);
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
