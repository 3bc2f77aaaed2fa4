namespace SstpRouter.Fuzzing;

/// <summary>Makes hostile inputs of sound ones: what a bug in a length, a count or a bound stumbles over.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> corpus)
{
    /// <summary>No input is longer, in bytes.</summary>
    public const int Longest = 8 * 1024;

    private readonly byte[] _bytes = new byte[Longest];
    private int _length;
    private ulong _dice;

    private static ReadOnlySpan<byte> Bytes => [0x00, 0x01, 0x02, 0x03, 0x04, 0x7F, 0x80, 0x81, 0xFE, 0xFF];

    private static ReadOnlySpan<ushort> Words => [0, 1, 3, 4, 5, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFF, 0x1000, 0xFFFE, 0xFFFF];

    /// <summary>The input of a seed: the same for the same seed and corpus, on every machine.</summary>
    public byte[] Make(int seed)
    {
        _dice = (ulong)seed;
        _length = 0;
        if (Roll(50) == 0)
        {
            for (int left = Roll(300); left > 0; left--)
            {
                _bytes[_length++] = (byte)Roll(256);
            }
        }
        else
        {
            Append(corpus[Roll(corpus.Count)]);
        }

        for (int changes = Roll(6); changes > 0; changes--)
        {
            Change();
        }

        return _bytes.AsSpan(0, _length).ToArray();
    }

    private void Change()
    {
        if (_length == 0)
        {
            _bytes[_length++] = (byte)Roll(256);
            return;
        }

        int at = Roll(_length);
        switch (Roll(10))
        {
            case 0:
                _bytes[at] ^= (byte)(1 << Roll(8));
                break;
            case 1:
                _bytes[at] = Bytes[Roll(Bytes.Length)];
                break;
            case 2:
                SetWord(at, Words[Roll(Words.Length)]);
                break;
            case 3:
                _length = at;
                break;
            case 4:
                int taken = 1 + Roll(_length - at);
                _bytes.AsSpan(at + taken, _length - at - taken).CopyTo(_bytes.AsSpan(at));
                _length -= taken;
                break;
            case 5:
                Insert(at, _bytes.AsSpan(at, 1 + Roll(Math.Min(64, _length - at))).ToArray());
                break;
            case 6:
                byte[] other = corpus[Roll(corpus.Count)];
                _length = at;
                Append(other.AsSpan(Roll(other.Length + 1)));
                break;
            case 7:
                Insert(at, [(byte)Roll(256)]);
                break;
            default:
                ChangeLength(at);
                break;
        }
    }

    // A byte or a word that counts what follows it, or what it stands in, is a length as far as one can see from outside.
    private void ChangeLength(int start)
    {
        for (int at = start; at < _length; at++)
        {
            int left = _length - at;
            bool byteFits = IsNear(_bytes[at], left);
            if (!byteFits && (left < 2 || !IsNear(Word(at) & 0x0FFF, left)))
            {
                continue;
            }

            int length = byteFits ? _bytes[at] : Word(at);
            int changed = Roll(5) switch
            {
                0 => length - 1,
                1 => length + 1,
                2 => 0,
                3 => length * 2,
                _ => 0xFFFF,
            };
            if (byteFits)
            {
                _bytes[at] = (byte)changed;
            }
            else
            {
                SetWord(at, (ushort)changed);
            }

            return;
        }

        _bytes[start] = (byte)Roll(256);
    }

    private static bool IsNear(int value, int left) => value > 0 && Math.Abs(value - left) <= 4;

    private int Word(int at) => (_bytes[at] << 8) | _bytes[at + 1];

    private void SetWord(int at, ushort value)
    {
        _bytes[at] = (byte)(value >> 8);
        if (at + 1 < _length)
        {
            _bytes[at + 1] = (byte)value;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, Longest - _length);
        bytes[..taken].CopyTo(_bytes.AsSpan(_length));
        _length += taken;
    }

    private void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= Longest - _length)
        {
            _bytes.AsSpan(at, _length - at).CopyTo(_bytes.AsSpan(at + bytes.Length));
            bytes.CopyTo(_bytes.AsSpan(at));
            _length += bytes.Length;
        }
    }

    /// <summary>A number below <paramref name="sides"/>: the generator is splitmix64, whose seeds need no warming up.</summary>
    private int Roll(int sides)
    {
        ulong mixed = _dice += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)sides);
    }
}
