namespace SstpRouter.Linux.Segments;

/// <summary>Where packets go that a <see cref="Coalescer"/> has looked at.</summary>
public interface IPacketSink
{
    /// <summary>Takes one packet.</summary>
    void Write(ReadOnlySpan<byte> packet);

    /// <summary>Takes several packets as one.</summary>
    /// <param name="header">What it is, for <see cref="TunDevice"/>.</param>
    /// <param name="buffer">The buffer that all of it lies in.</param>
    /// <param name="slices">The first packet, with its headers made for all; then the payloads of the others.</param>
    /// <param name="octets">The length of all the packets that came, each with its own headers.</param>
    void Write(VirtioNetHeader header, ReadOnlySpan<byte> buffer, ReadOnlySpan<BufferSlice> slices, int octets);
}
