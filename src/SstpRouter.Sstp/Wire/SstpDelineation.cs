namespace SstpRouter.Sstp.Wire;

/// <summary>What stands at the front of a stream of bytes.</summary>
internal enum SstpDelineation
{
    /// <summary>A packet whose end is not there yet.</summary>
    Incomplete,

    /// <summary>A whole packet.</summary>
    Packet,

    /// <summary>No SSTP packet: nothing after it can be trusted ([MS-SSTP] 3.1.7.2).</summary>
    Malformed,
}
