using System.Security.Cryptography;
using System.Text;

namespace SstpRouter.Sstp.Tests;

/// <summary>Heads and messages without their secrets.</summary>
public sealed class MaskTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] MaskedKey = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Nonce = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void Of_a_head_only_known_headers_keep_their_values()
    {
        const string Head = "GET / HTTP/1.1\r\nHost: h\r\nCookie: a=b\r\nX-Empty:\r\nAUTHORIZATION:c\r\n more\r\nno colon\r\nserver: s\r\n\r\n";

        Assert.Equal("GET / HTTP/1.1\nHost: h\nCookie:*\nX-Empty:\nAUTHORIZATION:*\n *\n*\nserver: s\n\n", Encoding.ASCII.GetString(Take(new SstpMask(), Head)));
    }

    [Theory]
    [InlineData(SstpHashes.Sha1)]
    [InlineData(SstpHashes.Sha256)]
    public void A_right_mac_becomes_the_masked_keys_and_a_wrong_one_stays_wrong(SstpHashes hash)
    {
        SstpMask mask = new();
        byte[] right = SstpCryptoBinding.CreateCallConnected(hash, Nonce, [1, 2, 3], Key);
        byte[] wrong = SstpCryptoBinding.CreateCallConnected(hash, Nonce, [1, 2, 3], Nonce);
        Assert.True(mask.AwaitsKey(right));
        mask.Authenticated(Key, MaskedKey);
        Assert.False(mask.AwaitsKey(right));

        Assert.Equal(SstpCryptoBinding.CreateCallConnected(hash, Nonce, [1, 2, 3], MaskedKey), mask.Message(right));
        Assert.Equal([.. wrong[..^32], .. new byte[32]], mask.Message(wrong));
        right[15] = 7;
        Assert.Equal([.. right[..^32], .. new byte[32]], mask.Message(right));
    }

    [Theory]
    [InlineData("1001000E00010001000100060001", "1001000E00010001000100060001")] // CALL_CONNECT_REQUEST
    [InlineData("1001000E00010001000900060102", "1001000E00010001000900060000")] // an attribute that nobody knows
    [InlineData("1001000E00040001000300061122", "1001000E00040001000300061122")] // the front of a binding
    [InlineData("1001000A00FF00001122", "1001000A00FF00000000")]
    [InlineData("1001001800050001000200100000000300000004AABBCCDD", "100100180005000100020010000000030000000400000000")] // an echoed value
    public void A_message_keeps_only_what_is_known(string packet, string masked) =>
        Assert.Equal(masked, Convert.ToHexString(new SstpMask().Message(Convert.FromHexString(packet))));

    private static byte[] Take(SstpMask mask, string head)
    {
        ReadOnlySpan<byte> consumed = Encoding.ASCII.GetBytes(head);
        Assert.True(mask.TryTake(ref consumed, out SstpStreamUnit unit, out ReadOnlySpan<byte> bytes));
        Assert.Equal(SstpStreamUnit.Head, unit);
        Assert.True(consumed.IsEmpty);
        return bytes.ToArray();
    }
}
