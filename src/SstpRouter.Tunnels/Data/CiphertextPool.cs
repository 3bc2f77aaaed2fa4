using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Data;

/// <summary>Memory of one worker for ciphertext on its way to the sockets; a busy tunnel asks for it again in a moment.</summary>
internal sealed class CiphertextPool : ICiphertextBuffers, IPool
{
    /// <summary>Four full records with all that TLS adds to them, and what control packets may come between.</summary>
    private const int Length = 72 * 1024;

    private readonly Spares<byte[]> _buffers = new("buffers for ciphertext", 8, static () => GC.AllocateUninitializedArray<byte>(Length));

    public string Name => _buffers.Name;

    public int Rented => _buffers.Rented;

    public int Made => _buffers.Made;

    public byte[] Rent() => _buffers.Rent();

    public void Return(byte[] buffer) => _buffers.Return(buffer);
}
