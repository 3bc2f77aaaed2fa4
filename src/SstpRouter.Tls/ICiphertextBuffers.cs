namespace SstpRouter.Tls;

/// <summary>Where connections get the memory for ciphertext that waits for the socket, and give it back: most of them have none waiting.</summary>
public interface ICiphertextBuffers
{
    /// <summary>An array of any length but 0; its content does not matter.</summary>
    byte[] Rent();

    /// <summary>Takes back what <see cref="Rent"/> gave, once.</summary>
    void Return(byte[] buffer);
}
