using System.Diagnostics;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.Tests.PowerCuts;

/// <summary>A disk whose power goes at its n-th operation, within a write at some byte of it.</summary>
internal abstract class CuttingDisk(int cutAt, Random random) : FileOperations
{
    private int _operations;

    /// <summary>How many operations there were.</summary>
    public int Operations => _operations;

    protected Random Random { get; } = random;

    public override FileStream Open(string path, FileMode mode, FileShare share)
    {
        Count();
        return base.Open(path, mode, share);
    }

    public override void Write(FileStream file, ReadOnlySpan<byte> content)
    {
        if (++_operations == cutAt)
        {
            base.Write(file, content[..Random.Next(content.Length + 1)]);
            Cut();
        }

        base.Write(file, content);
    }

    public override void Flush(FileStream file)
    {
        Count();
        base.Flush(file);
    }

    public override void SetLength(FileStream file, long length)
    {
        Count();
        base.SetLength(file, length);
    }

    public override void Rename(string from, string to)
    {
        Count();
        base.Rename(from, to);
    }

    public override void Delete(string path)
    {
        Count();
        base.Delete(path);
    }

    public override void FlushDirectory(string directory)
    {
        Count();
        base.FlushDirectory(directory);
    }

    protected abstract void Cut();

    private void Count()
    {
        if (++_operations == cutAt)
        {
            Cut();
        }
    }
}

/// <summary>Kills this process, as <c>kill -9</c> does.</summary>
internal sealed class KillingDisk(int cutAt, Random random) : CuttingDisk(cutAt, random)
{
    protected override void Cut()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}

/// <summary>The power went; nothing works any more.</summary>
internal sealed class PowerCutException : Exception;

/// <summary>A disk that forgets at the cut what nobody waited for: bytes without a flush, names without one of their directory, in the order
/// in which they came, as a file system with a journal does.</summary>
internal sealed class ForgettingDisk(int cutAt, Random random) : CuttingDisk(cutAt, random)
{
    private readonly Dictionary<string, long> _safeLengths = [];
    private readonly List<Action> _names = [];
    private bool _isOff;

    public override FileStream Open(string path, FileMode mode, FileShare share)
    {
        RequirePower();
        bool isNew = !File.Exists(path);
        FileStream file = base.Open(path, mode, share);
        if (isNew)
        {
            _names.Add(() => File.Delete(path));
        }

        return file;
    }

    public override void Write(FileStream file, ReadOnlySpan<byte> content)
    {
        RequirePower();
        _safeLengths.TryAdd(file.Name, file.Length);
        base.Write(file, content);
    }

    public override void Flush(FileStream file)
    {
        RequirePower();
        base.Flush(file);
        _safeLengths.Remove(file.Name);
    }

    public override void Rename(string from, string to)
    {
        RequirePower();
        byte[] moved = File.ReadAllBytes(from);
        byte[]? replaced = File.Exists(to) ? File.ReadAllBytes(to) : null;
        base.Rename(from, to);
        _names.Add(() =>
        {
            File.WriteAllBytes(from, moved);
            Put(to, replaced);
        });
    }

    public override void Delete(string path)
    {
        RequirePower();
        byte[]? content = File.Exists(path) ? File.ReadAllBytes(path) : null;
        base.Delete(path);
        if (content is not null)
        {
            _names.Add(() => File.WriteAllBytes(path, content));
        }
    }

    public override void FlushDirectory(string directory)
    {
        RequirePower();
        base.FlushDirectory(directory);
        _names.Clear();
    }

    protected override void Cut()
    {
        _isOff = true;
        foreach ((string path, long length) in _safeLengths.Where(p => File.Exists(p.Key)))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(Random.NextInt64(length, file.Length + 1));
        }

        for (int i = _names.Count - 1, kept = Random.Next(_names.Count + 1); i >= kept; i--)
        {
            _names[i]();
        }

        throw new PowerCutException();
    }

    private void RequirePower()
    {
        if (_isOff)
        {
            throw new PowerCutException();
        }
    }

    private static void Put(string path, byte[]? content)
    {
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllBytes(path, content);
        }
    }
}
