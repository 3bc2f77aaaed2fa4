using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SstpRouter.Linux;

/// <summary>
/// The one table between RouterOS's interface names, any text, and the kernel's, 15 octets. A name that is legal and
/// free stands for itself; any other gets a form made from its digest, the same one each time. No two names share a
/// kernel name. Safe to use from several threads.
/// </summary>
public sealed class InterfaceNames
{
    /// <summary>The longest alternative name in octets: ALTIFNAMSIZ less the final zero, <c>linux/if.h</c>.</summary>
    public const int MaximumAltNameLength = 127;

    private const string Prefix = "sr-";
    private const string DigestAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _kernelNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal) { "lo" };

    /// <summary>Makes a table.</summary>
    /// <param name="reserved">Kernel names that are never given out, besides <c>lo</c>: those of foreign interfaces.</param>
    public InterfaceNames(params IEnumerable<string> reserved) => _reserved.UnionWith(reserved);

    /// <summary>
    /// Whether the kernel takes a name, and tools do not stumble over it: 1 to 15 printable ASCII characters without
    /// blank, <c>/</c>, <c>:</c> and <c>%</c>, none of <c>.</c>, <c>..</c>, <c>all</c> and <c>default</c>.
    /// </summary>
    /// <param name="name">The name.</param>
    // dev_valid_name in net/core/dev.c: no '/', ':' or white space, which includes the octet A0 of many UTF-8 letters;
    // '%' asks for a number; "all" and "default" are folders of /proc/sys/net.
    public static bool IsLegalKernelName(string name) =>
        name.Length is > 0 and <= TunDevice.MaximumNameLength
        && name.All(static c => c is > ' ' and <= '~' and not ('/' or ':' or '%'))
        && name is not ("." or ".." or "all" or "default");

    /// <summary>Gives a name its kernel name; the same one again when it has one.</summary>
    /// <param name="name">RouterOS's name, not empty.</param>
    /// <returns>A legal kernel name that no other name has.</returns>
    public string Assign(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_lock)
        {
            if (_kernelNames.TryGetValue(name, out string? kernelName))
            {
                return kernelName;
            }

            kernelName = name;
            for (int turn = 0; !IsFree(kernelName); turn++)
            {
                kernelName = Digest(name, turn);
            }

            Enter(name, kernelName);
            return kernelName;
        }
    }

    /// <summary>Enters an interface that the kernel named, for example <c>ether1</c> for <c>eth0</c>.</summary>
    /// <param name="name">RouterOS's name, not empty.</param>
    /// <param name="kernelName">The kernel's name.</param>
    /// <returns>False when either name is entered already with another.</returns>
    public bool Bind(string name, string kernelName)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(kernelName);
        lock (_lock)
        {
            if (_kernelNames.TryGetValue(name, out string? present))
            {
                return present == kernelName;
            }

            if (_names.ContainsKey(kernelName))
            {
                return false;
            }

            Enter(name, kernelName);
            return true;
        }
    }

    /// <summary>Frees a name and its kernel name; harmless when it has none.</summary>
    /// <param name="name">RouterOS's name.</param>
    public void Release(string name)
    {
        lock (_lock)
        {
            if (_kernelNames.Remove(name, out string? kernelName))
            {
                _ = _names.Remove(kernelName);
            }
        }
    }

    /// <summary>Finds the kernel name of a name.</summary>
    /// <param name="name">RouterOS's name.</param>
    /// <param name="kernelName">The kernel's name, or null.</param>
    /// <returns>False when the name is not entered.</returns>
    public bool TryGetKernelName(string name, [NotNullWhen(true)] out string? kernelName)
    {
        lock (_lock)
        {
            return _kernelNames.TryGetValue(name, out kernelName);
        }
    }

    /// <summary>Finds the name that has a kernel name.</summary>
    /// <param name="kernelName">The kernel's name.</param>
    /// <param name="name">RouterOS's name, or null.</param>
    /// <returns>False when the kernel name is not entered.</returns>
    public bool TryGetName(string kernelName, [NotNullWhen(true)] out string? name)
    {
        lock (_lock)
        {
            return _names.TryGetValue(kernelName, out name);
        }
    }

    /// <summary>What to give <see cref="RouteSocket.SetAltName"/> so that tools find the interface by its name.</summary>
    /// <param name="name">RouterOS's name.</param>
    /// <returns>
    /// The name; null when it is a kernel name already, is longer than 127 octets, or has a character that is not
    /// legal there.
    /// </returns>
    public string? AltName(string name)
    {
        bool legal = name.Length > 0
            && Encoding.UTF8.GetByteCount(name) <= MaximumAltNameLength
            && name is not ("." or "..")
            && name.EnumerateRunes().All(static r =>
                !Rune.IsControl(r) && !Rune.IsWhiteSpace(r) && r.Value is not ('/' or ':' or '%' or 0xFFFD));
        lock (_lock)
        {
            return legal && !_names.ContainsKey(name) && !_reserved.Contains(name) ? name : null;
        }
    }

    private static string Digest(string name, int turn)
    {
        // UTF-16, because names that differ only in a lone surrogate have the same UTF-8.
        byte[] text = Encoding.Unicode.GetBytes(turn == 0 ? name : $"{name}\0{turn}");
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(text, digest);
        Span<char> kernelName = stackalloc char[TunDevice.MaximumNameLength];
        Prefix.CopyTo(kernelName);
        for (int i = Prefix.Length; i < kernelName.Length; i++)
        {
            kernelName[i] = DigestAlphabet[digest[i] % DigestAlphabet.Length];
        }

        return new string(kernelName);
    }

    private bool IsFree(string kernelName) =>
        IsLegalKernelName(kernelName) && !_names.ContainsKey(kernelName) && !_reserved.Contains(kernelName);

    private void Enter(string name, string kernelName)
    {
        _kernelNames.Add(name, kernelName);
        _names.Add(kernelName, name);
    }
}
