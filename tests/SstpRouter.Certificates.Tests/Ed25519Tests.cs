using SstpRouter.Certificates.Keys;

namespace SstpRouter.Certificates.Tests;

public sealed class Ed25519Tests
{
    // RFC 8032 7.1, tests 1, 2, 3, 1024 and SHA(abc).
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")]
    [InlineData("f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5", "278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e")]
    [InlineData("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42", "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf")]
    public void The_public_key_is_the_one_of_the_standard(string seed, string publicKey) =>
        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519.PublicKeyOf(Convert.FromHexString(seed))));

    // RFC 8032 7.1, test 3.
    [Fact]
    public void The_signature_is_the_one_of_the_standard()
    {
        byte[] seed = Convert.FromHexString("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");

        string signature = Convert.ToHexStringLower(Ed25519.Sign(seed, [0xAF, 0x82]));

        Assert.Equal(
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
            signature);
    }

    [Fact]
    public void A_changed_message_or_signature_or_key_of_the_wrong_length_does_not_verify()
    {
        byte[] seed = new byte[Ed25519.Size];
        byte[] key = Ed25519.PublicKeyOf(seed);
        byte[] signature = Ed25519.Sign(seed, [1, 2, 3]);
        Assert.True(Ed25519.Verify(key, [1, 2, 3], signature));

        Assert.False(Ed25519.Verify(key, [1, 2, 4], signature));
        signature[5] ^= 1;
        Assert.False(Ed25519.Verify(key, [1, 2, 3], signature));
        Assert.False(Ed25519.Verify(key.AsSpan(1), [1, 2, 3], signature));
    }
}
