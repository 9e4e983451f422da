using System.Globalization;
using System.Runtime.InteropServices;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>
/// Asks the model of the time to scene. Whatever it does, there is an answer: a model that throws, or says what cannot be, is
/// set aside for this decision, and the road's times stand with that as their reason.
/// </summary>
internal static class ModelAnswer
{
    /// <summary>Longer than this and ten times the road is no estimate, in milliseconds.</summary>
    /// <value>4 hours: far beyond any ambulance's way inside one department.</value>
    private const long Absurd = 4 * 60 * 60 * 1_000L;

    /// <param name="count">The first so many of those reached; their drives are described.</param>
    /// <returns>At the level <see cref="RecommendationLevel.FullModel"/>, ranked anew; or by road as it was, with the reason.</returns>
    public static Reckoning Of(
        ITimeToSceneModel model,
        SceneConditions scene,
        Reckoning byRoad,
        int count
    )
    {
        if (count == 0)
        {
            return byRoad;
        }

        ReadOnlySpan<Contender> first = CollectionsMarshal.AsSpan(byRoad.Reached)[..count];
        var estimates = new TimeToScene[count];
        ModelIdentity identity;
        try
        {
            identity = model.Identity;
            model.Predict(scene, DrivesOf(first), estimates);
        }
        // Of a model nobody here knows how it fails, and no way of failing is worth a call without an answer.
        catch (Exception failure)
        {
            return SetAside(byRoad, failure.GetType().Name);
        }

        for (int i = 0; i < count; i++)
        {
            if (FaultOf(estimates[i], first[i].RoadMilliseconds) is { } fault)
            {
                return SetAside(byRoad, fault);
            }
        }

        for (int i = 0; i < count; i++)
        {
            first[i].Prospect!.Estimate = estimates[i];
        }

        byRoad.Reached.Sort(0, count, Contender.NearestFirst);
        return byRoad with
        {
            Level = RecommendationLevel.FullModel,
            LevelReason = new Reason(ReasonCode.ModelAnswers, identity.Version),
            Model = identity,
        };
    }

    /// <summary>Why this is no estimate for a drive that takes so long by road; null where it is one.</summary>
    private static string? FaultOf(TimeToScene estimate, int roadMilliseconds)
    {
        bool isInOrder = estimate.P10 <= estimate.P50 && estimate.P50 <= estimate.P90;
        bool isNegative =
            Math.Min(
                Math.Min(estimate.P10, estimate.Travel),
                Math.Min(estimate.CallProcessing, estimate.Turnout)
            ) < 0;
        // Nobody drives four times as fast as lights and siren.
        bool isAbsurd =
            estimate.P50 < roadMilliseconds / 4 || estimate.P90 > Absurd + (10L * roadMilliseconds);
        return isInOrder && !isNegative && !isAbsurd
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"P10 {estimate.P10}, P50 {estimate.P50}, P90 {estimate.P90}, parts {estimate.CallProcessing}, {estimate.Turnout}, {estimate.Travel} ms for {roadMilliseconds} ms of road"
            );
    }

    private static CandidateDrive[] DrivesOf(ReadOnlySpan<Contender> contenders)
    {
        var drives = new CandidateDrive[contenders.Length];
        for (int i = 0; i < drives.Length; i++)
        {
            drives[i] = contenders[i].Prospect!.Drive;
        }

        return drives;
    }

    private static Reckoning SetAside(Reckoning byRoad, string fault) =>
        byRoad with
        {
            LevelReason = new Reason(ReasonCode.ModelFailed),
            ModelFault = fault,
        };
}
