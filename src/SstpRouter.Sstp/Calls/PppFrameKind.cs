namespace SstpRouter.Sstp.Calls;

/// <summary>Tells PPP control frames from data frames, as gating needs it ([MS-SSTP] 3.1.7.1).</summary>
internal static class PppFrameKind
{
    // RFC 1662 3.1; the two may be left out (RFC 1661 6.6).
    private const byte AllStations = 0xFF;
    private const byte UnnumberedInformation = 0x03;

    /// <summary>Whether the frame's protocol is 0x8000 or above: LCP, authentication, the NCPs (RFC 1661 2).</summary>
    public static bool IsControl(ReadOnlySpan<byte> frame)
    {
        int offset = frame.Length >= 2 && frame[0] == AllStations && frame[1] == UnnumberedInformation ? 2 : 0;
        if (frame.Length < offset + 2)
        {
            return false;
        }

        // An odd first byte is a protocol of one byte, which is data (RFC 1661 6.5).
        byte first = frame[offset];
        return (first & 0x81) == 0x80;
    }
}
