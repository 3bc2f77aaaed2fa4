using System.Buffers.Binary;
using System.Text;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Control.Frames;

/// <summary>The payload of a <see cref="CandidatesFrame"/>: the start (32 bits, big-endian), then texts that end with NUL: what is inserted, and
/// of each word its name, its insertion, its kind as a digit and its description.</summary>
internal static class CandidatesPayload
{
    private const int TextsPerWord = 4;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Encodes; words that do not fit a frame are left out at the end.</summary>
    public static byte[] Write(Completion found)
    {
        byte[] start = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(start, found.Start);
        var payload = new List<byte>(start);
        Append(found.Insert);
        foreach (Candidate candidate in found.Candidates)
        {
            if (payload.Count > FrameFormat.LargestCandidates)
            {
                break;
            }

            Append(candidate.Name);
            Append(candidate.Insert);
            Append(((int)candidate.Kind).ToString(System.Globalization.CultureInfo.InvariantCulture));
            Append(candidate.Description);
        }

        return [.. payload];

        void Append(string text)
        {
            payload.AddRange(Encoding.UTF8.GetBytes(text.Replace('\0', ' ')));
            payload.Add(0);
        }
    }

    /// <summary>Decodes; null for what is no such payload.</summary>
    /// <exception cref="DecoderFallbackException">It is no UTF-8.</exception>
    public static Completion? Read(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 5 || payload[^1] != 0 || payload[0] > 0x7F)
        {
            return null;
        }

        int start = BinaryPrimitives.ReadInt32BigEndian(payload);
        string[] texts = StrictUtf8.GetString(payload[4..^1]).Split('\0');
        if (texts.Length % TextsPerWord != 1)
        {
            return null;
        }

        var words = new List<Candidate>(texts.Length / TextsPerWord);
        for (int i = 1; i < texts.Length; i += TextsPerWord)
        {
            if (texts[i + 2] is not [var digit] || !char.IsAsciiDigit(digit) || (WordKind)(digit - '0') > WordKind.Unknown)
            {
                return null;
            }

            words.Add(new Candidate(texts[i], texts[i + 1], (WordKind)(digit - '0'), texts[i + 3]));
        }

        return new Completion(start, texts[0], words);
    }
}
