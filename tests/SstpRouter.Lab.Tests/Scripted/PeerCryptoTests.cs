using System.Text;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>The scripts' own computations against the published vectors.</summary>
public class PeerCryptoTests
{
    private const string User = "User";
    private const string Password = "clientPass";
    private static readonly byte[] Challenge = Convert.FromHexString("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static readonly byte[] PeerChallenge = Convert.FromHexString("21402324255E262A28295F2B3A337C7E");

    /// <summary>RFC 2759 9.2, RFC 3079 3.5.3.</summary>
    [Fact]
    public void The_login_of_the_rfcs_comes_out()
    {
        byte[] response = PeerCrypto.NtResponse(Challenge, PeerChallenge, User, Password);

        Assert.Equal("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF", Convert.ToHexString(response));
        Assert.Equal(
            "S=407A5589115FD0D6209F510FE9C04566932CDA56",
            Encoding.ASCII.GetString(PeerCrypto.Signature(Challenge, PeerChallenge, User, Password)));
        Assert.EndsWith("8B7CDC149B993A1BA118CB153F56DCCB", Convert.ToHexString(PeerCrypto.Hlak(response, Password)));
    }

    /// <summary>[MS-SSTP] 4.7, both hashes, and a captured login of Windows 8.1.</summary>
    [Theory]
    [InlineData(
        PeerCrypto.Sha256Binding,
        "2A1BB40D55AB0F5EF32F06F2B3CC73C48FD3FAC41D7A1315A19228D9024CA164",
        "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435",
        "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D",
        "52A68EFD8CFFBF52770B8F0FE8EC73716583AF6D611EB6D179B3B20840985449")]
    [InlineData(
        PeerCrypto.Sha1Binding,
        "4B3128F43925D9006EEFB1C4E86515A1D88E56BAB3CA2BDF0373B7F5A8A13B19",
        "0F1A2D58D4A3E3000FAD3CE4906E07B707AA9E441CCEAC5CBD7B2CC1C9D86CDF",
        "5826B629BDA59B8E6FD8DCD2622FD34C534805A5000000000000000000000000",
        "69915DD583D8062FEF16F61DB2F03290EC27CB6C000000000000000000000000")]
    [InlineData(
        PeerCrypto.Sha256Binding,
        "BB2C17EDBAA643B3D511EB9848792B7CAB5F5D709FE9BDF89B5DEAF5A8C17DB7",
        "388A1ECBF302BA02F9F372CE37488EC36B71A28B5E1B19FBE44D5465A631C463",
        "7FF150176FA8E38A1F402D11FF89FF11B66505AD7F9AE81205277BA4A6B9EF9D",
        "FE6473C7D183914E483FEA1B12A6E760A4DA16B62FAB12A0A1E54E0EC325B24E")]
    public void The_published_macs_come_out(byte protocol, string hlak, string nonce, string certificateHash, string mac) => Assert.Equal(
        mac,
        Convert.ToHexString(PeerCrypto.Mac(
            protocol, Convert.FromHexString(hlak), Convert.FromHexString(nonce), Convert.FromHexString(certificateHash))));
}
