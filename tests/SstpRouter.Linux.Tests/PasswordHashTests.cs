namespace SstpRouter.Linux.Tests;

public class PasswordHashTests
{
    [Fact]
    public void A_password_fits_its_hash_and_no_other_does()
    {
        string hash = PasswordHash.Of("pässword 1");

        Assert.StartsWith("$y$", hash);
        Assert.True(PasswordHash.Fits("pässword 1", hash));
        Assert.False(PasswordHash.Fits("pässword 2", hash));
        Assert.False(PasswordHash.Fits("", hash));
        Assert.NotEqual(hash, PasswordHash.Of("pässword 1"));
    }

    [Fact]
    public void Hashes_of_other_tools_are_understood()
    {
        // crypt(5): sha512crypt; the vector of its specification, and what openssl passwd -6 makes.
        const string sha512 = "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";
        Assert.True(PasswordHash.Fits("Hello world!", sha512));
        Assert.False(PasswordHash.Fits("Hello world?", sha512));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("!")]
    [InlineData("$y$")]
    [InlineData("$9$what$is this")]
    public void What_is_no_hash_fits_nothing(string hash)
    {
        Assert.False(PasswordHash.Fits("", hash));
        Assert.False(PasswordHash.Fits("x", hash));
    }

    [Fact]
    public void What_crypt_cannot_take_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PasswordHash.Of("a\0b"));
        Assert.Throws<ArgumentException>(() => PasswordHash.Of(new string('x', 512)));
        Assert.False(PasswordHash.Fits("a\0b", PasswordHash.Of("a")));
        Assert.True(PasswordHash.Fits(new string('x', 511), PasswordHash.Of(new string('x', 511))));
    }
}
