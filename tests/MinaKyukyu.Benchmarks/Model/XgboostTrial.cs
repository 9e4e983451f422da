using System.Runtime.InteropServices;
using MinaKyukyu.Benchmarks.Trials;

namespace MinaKyukyu.Benchmarks.Model;

/// <summary>xgboost beside ours: three boosters, one for each quantile, asked one after the other. Its answers are its own.</summary>
internal sealed class XgboostTrial : ClockedTrial, IDisposable
{
    private readonly XgboostBooster[] _boosters;
    private readonly byte[] _description;
    private GCHandle _rows;

    public XgboostTrial(string name, XgboostBooster[] boosters, ModelRows rows)
        : base(name)
    {
        _boosters = boosters;
        _rows = GCHandle.Alloc(rows.ByRow(), GCHandleType.Pinned);
        _description = XgboostBooster.Describe(
            _rows.AddrOfPinnedObject(),
            rows.Table.Rows,
            ModelRows.Features
        );
    }

    protected override void Predict()
    {
        foreach (XgboostBooster booster in _boosters)
        {
            booster.Predict(_description);
        }
    }

    public override Func<Agreement> Keep() => () => default;

    public void Dispose()
    {
        foreach (XgboostBooster booster in _boosters)
        {
            booster.Dispose();
        }

        _rows.Free();
    }
}
