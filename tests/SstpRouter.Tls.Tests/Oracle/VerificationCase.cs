namespace SstpRouter.Tls.Tests.Oracle;

/// <summary>One server's chain and one client's trust; both verifiers judge it.</summary>
internal sealed record VerificationCase(string Group, string Name)
{
    /// <summary>What the server sends, its own certificate first.</summary>
    public required IReadOnlyList<byte[]> Chain { get; init; }

    /// <summary>The key of the server's own certificate.</summary>
    public required byte[] KeyPkcs8 { get; init; }

    public required IReadOnlyList<byte[]> Trusted { get; init; }

    /// <summary>A name or an address that must stand in the certificate; null: none must.</summary>
    public string? ConnectTo { get; init; }

    /// <summary>The time of the verification.</summary>
    public required DateTimeOffset At { get; init; }

    public IReadOnlyList<byte[]> RevocationLists { get; init; } = [];

    public bool ChecksRevocation { get; init; }
}

/// <summary>What a verifier said: OpenSSL's words and the depth of the certificate at fault.</summary>
internal sealed record Verdict(string Error, int Depth)
{
    public static Verdict Accepted { get; } = new("ok", 0);

    public override string ToString() => this == Accepted ? "ok" : $"{Error} at depth {Depth}";
}
