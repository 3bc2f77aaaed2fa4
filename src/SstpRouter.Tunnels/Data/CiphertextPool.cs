using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Data;

/// <summary>Memory of one worker for ciphertext on its way to the sockets; a busy tunnel asks for it again in a moment.</summary>
internal sealed class CiphertextPool : ICiphertextBuffers
{
    /// <summary>Four full records with all that TLS adds to them, and what control packets may come between.</summary>
    private const int Length = 72 * 1024;

    private const int Spares = 8;

    private readonly Stack<byte[]> _spares = new(Spares);

    /// <summary>How many are out.</summary>
    public int Rented { get; private set; }

    public byte[] Rent()
    {
        Rented++;
        return _spares.TryPop(out byte[]? spare) ? spare : GC.AllocateUninitializedArray<byte>(Length);
    }

    public void Return(byte[] buffer)
    {
        Rented--;
        if (_spares.Count < Spares)
        {
            _spares.Push(buffer);
        }
    }
}
