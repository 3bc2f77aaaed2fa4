namespace SstpRouter.Linux;

/// <summary>A part of a buffer.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Its length in octets.</param>
public readonly record struct BufferSlice(int Offset, int Length);
