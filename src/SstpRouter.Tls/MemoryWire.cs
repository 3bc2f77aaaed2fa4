namespace SstpRouter.Tls;

/// <summary>Two ends of TLS in one process, without a socket between them: for measurements and tests.</summary>
public static class MemoryWire
{
    /// <summary>Hands all that waits in one end to the other.</summary>
    /// <returns>How many bytes that was.</returns>
    public static int Carry(TlsConnection from, TlsConnection to)
    {
        int count = from.PendingCiphertext;
        to.PutCiphertext(from.Ciphertext);
        from.Sent(count);
        return count;
    }

    /// <summary>Runs the handshake until neither end can go on.</summary>
    /// <returns>How far each came: both are done, or one has failed.</returns>
    public static (TlsStatus One, TlsStatus Other) ShakeHands(TlsConnection one, TlsConnection other)
    {
        while (true)
        {
            TlsStatus near = one.Handshake();
            int moved = Carry(one, other);
            TlsStatus far = other.Handshake();
            moved += Carry(other, one);
            if (moved == 0)
            {
                return (near, far);
            }
        }
    }
}
