namespace SstpRouter.Tls;

/// <summary>How far a call on a <see cref="TlsConnection"/> came.</summary>
public enum TlsStatus
{
    /// <summary>Nothing more can be done before more ciphertext is put in.</summary>
    WantsInput,

    /// <summary>The handshake is complete; data may flow.</summary>
    Done,

    /// <summary>Plaintext was read.</summary>
    Data,

    /// <summary>The peer closed its side properly (close_notify, RFC 5246 7.2.1).</summary>
    Closed,

    /// <summary>The connection is lost; <see cref="TlsConnection.Failure"/> says why.</summary>
    Failed,
}
