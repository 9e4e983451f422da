using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MinaKyukyu.Benchmarks.Model;

/// <summary>One booster of xgboost's native library, predicting on one thread. Not for several threads at once.</summary>
internal sealed class XgboostBooster : IDisposable
{
    /// <summary>Debian and Ubuntu: package <c>libxgboost0</c>.</summary>
    public const string Library = "libxgboost.so.0";

    private static readonly byte[] s_config = Text(
        """
        {"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": true, "missing": NaN, "cache_id": 0}
        """
    );

    private nint _booster;

    /// <param name="rows">Row after row.</param>
    /// <param name="settings">Names and values as the library knows them.</param>
    public XgboostBooster(
        float[] rows,
        float[] target,
        int trees,
        IReadOnlyList<(string Name, string Value)> settings
    )
    {
        Check(
            XGDMatrixCreateFromMat(
                rows,
                (ulong)target.Length,
                (ulong)(rows.Length / target.Length),
                float.NaN,
                out nint table
            )
        );
        try
        {
            Check(XGDMatrixSetFloatInfo(table, Text("label"), target, (ulong)target.Length));
            Check(XGBoosterCreate([table], 1, out _booster));
            foreach ((string name, string value) in settings)
            {
                Check(XGBoosterSetParam(_booster, Text(name), Text(value)));
            }

            for (int tree = 0; tree < trees; tree++)
            {
                Check(XGBoosterUpdateOneIter(_booster, tree, table));
            }

            Check(XGBoosterSetParam(_booster, Text("nthread"), Text("1")));
        }
        finally
        {
            Check(XGDMatrixFree(table));
        }
    }

    /// <summary>False where the library is not installed.</summary>
    public static bool IsInstalled => NativeLibrary.TryLoad(Library, out _);

    public static string Version
    {
        get
        {
            XGBoostVersion(out int major, out int minor, out int patch);
            return string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}");
        }
    }

    /// <summary>How <see cref="Predict"/> is told where rows lie: row after row, at this address.</summary>
    public static byte[] Describe(nint address, int rows, int columns) =>
        Text(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"data": [{{address}}, true], "shape": [{{rows}}, {{columns}}], "typestr": "<f4", "version": 3}"""
            )
        );

    /// <summary>Predicts in place, without a table of its own; the answers are the library's until it is asked again.</summary>
    /// <returns>The address of the answers, 32 bits each.</returns>
    public nint Predict(byte[] description)
    {
        Check(
            XGBoosterPredictFromDense(
                _booster,
                description,
                s_config,
                0,
                out _,
                out _,
                out nint into
            )
        );
        return into;
    }

    public void Dispose()
    {
        if (_booster != 0)
        {
            Check(XGBoosterFree(_booster));
            _booster = 0;
        }
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static void Check(int code)
    {
        if (code != 0)
        {
            throw new InvalidOperationException(
                $"xgboost: {Marshal.PtrToStringUTF8(XGBGetLastError())}"
            );
        }
    }

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void XGBoostVersion(out int major, out int minor, out int patch);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint XGBGetLastError();

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int XGDMatrixCreateFromMat(
        float[] rows,
        ulong count,
        ulong columns,
        float missing,
        out nint table
    );

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int XGDMatrixSetFloatInfo(
        nint table,
        byte[] field,
        float[] values,
        ulong count
    );

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int XGDMatrixFree(nint table);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int XGBoosterCreate(nint[] tables, ulong count, out nint booster);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int XGBoosterSetParam(nint booster, byte[] name, byte[] value);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int XGBoosterUpdateOneIter(nint booster, int number, nint table);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int XGBoosterPredictFromDense(
        nint booster,
        byte[] description,
        byte[] config,
        nint table,
        out nint shape,
        out ulong dimensions,
        out nint answers
    );

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int XGBoosterFree(nint booster);
}
