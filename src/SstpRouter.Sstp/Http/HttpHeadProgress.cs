namespace SstpRouter.Sstp.Http;

/// <summary>How far a head is.</summary>
internal enum HttpHeadProgress
{
    Incomplete,
    Complete,
    TooLarge,
}
