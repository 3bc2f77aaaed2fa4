using SstpRouter.Sstp.Tests.Support;

namespace SstpRouter.Sstp.Tests.Wire;

public class CryptoBindingVectorTests
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>[MS-SSTP] 4.7 (both), and a captured EAP-TLS login: hash, HLAK, nonce, certificate hash, CMK,
    /// MAC.</summary>
    [Theory]
    [InlineData(
        SstpHashes.Sha256,
        "2A1BB40D55AB0F5EF32F06F2B3CC73C48FD3FAC41D7A1315A19228D9024CA164",
        "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435",
        "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D",
        "ECF59AC9FE155CF0A9E7D66ADC1B363C1AD7BA91A9217F0CEC2A534298828DF6",
        "52A68EFD8CFFBF52770B8F0FE8EC73716583AF6D611EB6D179B3B20840985449")]
    [InlineData(
        SstpHashes.Sha1,
        "4B3128F43925D9006EEFB1C4E86515A1D88E56BAB3CA2BDF0373B7F5A8A13B19",
        "0F1A2D58D4A3E3000FAD3CE4906E07B707AA9E441CCEAC5CBD7B2CC1C9D86CDF",
        "5826B629BDA59B8E6FD8DCD2622FD34C534805A5000000000000000000000000",
        "A98B862A38CC7E224B42CD128586ACB22F0BD1E9",
        "69915DD583D8062FEF16F61DB2F03290EC27CB6C")]
    [InlineData(
        SstpHashes.Sha256,
        "BB2C17EDBAA643B3D511EB9848792B7CAB5F5D709FE9BDF89B5DEAF5A8C17DB7",
        "388A1ECBF302BA02F9F372CE37488EC36B71A28B5E1B19FBE44D5465A631C463",
        "7FF150176FA8E38A1F402D11FF89FF11B66505AD7F9AE81205277BA4A6B9EF9D",
        "8BEC8243ED1D4E115DF606DF5042BE07946294375498F857F6612567C3C63592",
        "FE6473C7D183914E483FEA1B12A6E760A4DA16B62FAB12A0A1E54E0EC325B24E")]
    public void Published_vectors_come_out(
        SstpHashes hash, string hlak, string nonce, string certificateHash, string macKey, string mac)
    {
        byte[] message = Packets.Hex(
            $"10010070 0004 0001 00030068 000000 0{(byte)hash}{nonce}{certificateHash}{Zeros}");

        Assert.Equal((macKey, mac), Compute(hash, Packets.Hex(hlak), message));
    }

    [Theory]
    [InlineData(SstpHashes.Sha256, "150707E682B16F4CA9430560C562894AFD10050DB4182D35C3E9E06284445271")]
    [InlineData(SstpHashes.Sha1, "3AFBFF0BA79DD9743BD09949FA99F9D0C92D3698")]
    public void The_worked_example_gives_the_whole_message(SstpHashes hash, string macKey)
    {
        byte[] expected = hash == SstpHashes.Sha1 ? Packets.CallConnectedSha1 : Packets.CallConnected;

        byte[] message = SstpCryptoBinding.CreateCallConnected(
            hash, Packets.Nonce, Packets.Certificate, Packets.Hlak);

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(message));
        Assert.Equal(macKey, Compute(hash, Packets.Hlak, message).MacKey);
    }

    /// <summary>PAP and CHAP have no key: HLAK is zero.</summary>
    [Theory]
    [InlineData(
        SstpHashes.Sha256,
        "D342EB00477D6A37E1A184FB0168CB3EA3B6645FA0F227904D20EEF5CB8F9327",
        "4AA695ED661280BAD1EEC9D01B8B8F4E0C2DC3A225DA8447082EBC53BAEBD514")]
    [InlineData(
        SstpHashes.Sha1,
        "AE571EDE1E11EFB7BB85B8B4F07E15F0E086761A",
        "2640726353F6DB693FBE9CE026F47702AA13DEB1")]
    public void A_key_of_zeros_gives_a_binding_too(SstpHashes hash, string macKey, string mac)
    {
        byte[] message = SstpCryptoBinding.CreateCallConnected(hash, Packets.Nonce, Packets.Certificate, new byte[32]);

        Assert.Equal((macKey, mac), Compute(hash, new byte[32], message));
        Assert.Equal(mac, Convert.ToHexString(message[80..])[..mac.Length]);
    }

    [Fact]
    public void A_short_key_is_padded_with_zeros_and_a_long_one_cut()
    {
        byte[] half = [.. Packets.Hlak[..16], .. new byte[16]];

        Assert.Equal(Build(half), Build(Packets.Hlak[..16]));
        Assert.Equal(Build(new byte[32]), Build([]));
        Assert.Equal(Build(Packets.Hlak), Build([.. Packets.Hlak, 1, 2, 3]));
        Assert.NotEqual(Build(half), Build(Packets.Hlak));

        static byte[] Build(byte[] hlak) =>
            SstpCryptoBinding.CreateCallConnected(SstpHashes.Sha256, Packets.Nonce, Packets.Certificate, hlak);
    }

    [Theory]
    [InlineData(SstpHashes.Sha1)]
    [InlineData(SstpHashes.Sha256)]
    public void Without_a_certificate_the_hash_field_is_32_zero_bytes(SstpHashes hash)
    {
        byte[] field = Enumerable.Repeat((byte)0xEE, 32).ToArray();

        SstpCryptoBinding.WriteCertificateHash(hash, [], field);

        Assert.Equal(new byte[32], field);
        Assert.Equal(
            new byte[32],
            SstpCryptoBinding.CreateCallConnected(hash, Packets.Nonce, [], Packets.Hlak)[48..80]);
    }

    [Theory]
    [InlineData(SstpHashes.None)]
    [InlineData(SstpHashes.Sha1 | SstpHashes.Sha256)]
    [InlineData((SstpHashes)4)]
    public void A_binding_needs_exactly_one_hash(SstpHashes hash) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SstpCryptoBinding.HashLength(hash));

    private static (string MacKey, string Mac) Compute(SstpHashes hash, byte[] hlak, byte[] message)
    {
        Span<byte> key = stackalloc byte[32];
        Span<byte> mac = stackalloc byte[32];
        int keyLength = SstpCryptoBinding.ComputeMacKey(hash, hlak, key);
        int macLength = SstpCryptoBinding.ComputeMac(hash, key[..keyLength], message, mac);
        return (Convert.ToHexString(key[..keyLength]), Convert.ToHexString(mac[..macLength]));
    }
}
