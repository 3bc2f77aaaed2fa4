using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Naming;

public sealed class InterfaceNamesTests
{
    // Short ones collide and stand for themselves, long and odd ones do not.
    private static readonly Gen<string> AnyName =
        from length in Gen.Choose(1, 40)
        from characters in Gen.Elements("aab1.-_<>@/:% \t\u00A0é日\uD800".ToCharArray()).ArrayOf(length)
        select new string(characters);

    private readonly InterfaceNames _names = new("eth0");

    [Theory]
    [InlineData("sstp-out1")]
    [InlineData("<sstp-MT-User>")]
    [InlineData("fifteen-octets!")]
    [InlineData("...")]
    public void A_short_legal_name_stands_for_itself(string name) => Assert.Equal(name, _names.Assign(name));

    [Theory]
    [InlineData("<sstp-alice@example.com>")]
    [InlineData("sixteen-octets-x")]
    [InlineData("two words")]
    [InlineData("à")] // its second octet, A0, is white space to the kernel
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("tun%d")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("all")]
    [InlineData("default")]
    [InlineData("lo")]
    [InlineData("eth0")]
    public void Any_other_name_gets_a_form_of_its_digest(string name)
    {
        string kernelName = _names.Assign(name);
        Assert.Matches("^sr-[a-z2-7]{12}$", kernelName);
        Assert.True(_names.TryGetName(kernelName, out string? back));
        Assert.Equal(name, back);
        Assert.Equal(kernelName, new InterfaceNames("eth0").Assign(name));
    }

    [Fact]
    public void A_name_of_64_characters_and_a_second_session_of_its_user_have_names_of_their_own()
    {
        string user = new('ü', 64);
        string[] names = [_names.Assign($"<sstp-{user}>"), _names.Assign($"<sstp-{user}-1>")];
        Assert.Equal(2, names.Distinct().Count());
        Assert.All(names, n => Assert.True(InterfaceNames.IsLegalKernelName(n)));
    }

    [Fact]
    public void A_name_that_looks_like_anothers_digest_gives_way()
    {
        string digest = _names.Assign("two words");
        string other = _names.Assign(digest);
        Assert.NotEqual(digest, other);
        _names.Release("two words");
        _names.Release(digest);
        Assert.Equal(digest, _names.Assign(digest));
        Assert.NotEqual(digest, _names.Assign("two words"));
    }

    [Fact]
    public void A_released_name_is_free_again()
    {
        Assert.Equal("a", _names.Assign("a"));
        _names.Release("a");
        _names.Release("a");
        Assert.False(_names.TryGetKernelName("a", out _));
        Assert.False(_names.TryGetName("a", out _));
        Assert.True(_names.Bind("b", "a"));
        Assert.NotEqual("a", _names.Assign("a"));
    }

    [Fact]
    public void The_kernels_own_names_are_bound_to_ours()
    {
        Assert.True(_names.Bind("ether1", "eth0"));
        Assert.True(_names.Bind("ether1", "eth0"));
        Assert.False(_names.Bind("ether1", "eth1"));
        Assert.False(_names.Bind("ether2", "eth0"));
        Assert.Equal("eth0", _names.Assign("ether1"));
        Assert.True(_names.TryGetKernelName("ether1", out string? kernelName));
        Assert.Equal("eth0", kernelName);
    }

    [Fact]
    public void The_further_name_is_the_name_where_the_kernel_can_carry_it()
    {
        Assert.Equal("<sstp-alice@example.com>", _names.AltName("<sstp-alice@example.com>"));
        Assert.Equal(new string('ü', 63), _names.AltName(new string('ü', 63)));
        Assert.Null(_names.AltName(new string('ü', 64)));
        Assert.Null(_names.AltName("two words"));
        Assert.Null(_names.AltName("no\u00A0break"));
        Assert.Null(_names.AltName("a/b"));
        Assert.Null(_names.AltName("a\0b"));
        Assert.Null(_names.AltName("lone\uD800"));
        Assert.Null(_names.AltName(string.Empty));
        Assert.Null(_names.AltName(_names.Assign("sstp-out1")));
    }

    [Fact]
    public void Kernel_names_are_legal_unique_stable_and_lead_back() =>
        Prop.ForAll(
            AnyName.ListOf().ToArbitrary(),
            given =>
            {
                InterfaceNames names = new("a", "ab");
                Dictionary<string, string> assigned = [];
                foreach (string name in given)
                {
                    string kernelName = names.Assign(name);
                    Assert.True(InterfaceNames.IsLegalKernelName(kernelName));
                    Assert.InRange(Encoding.UTF8.GetByteCount(kernelName), 1, 15);
                    Assert.False(kernelName is "a" or "ab" or "lo");
                    Assert.True(!assigned.TryGetValue(name, out string? before) || before == kernelName);
                    assigned[name] = kernelName;
                }

                Assert.Equal(assigned.Count, assigned.Values.Distinct().Count());
                Assert.All(assigned, pair => Assert.True(
                    names.TryGetName(pair.Value, out string? back) && back == pair.Key));
                return true;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [RootFact]
    public void The_kernel_takes_every_name_that_is_called_legal() => Sandbox.Run(routes =>
    {
        InterfaceNames names = new();
        foreach (string name in (string[])["<sstp-MT-User>", "two words", "fifteen-octets!", "-", "~", "...", "à", "a\"b"])
        {
            using TunDevice tun = TunDevice.Create(names.Assign(name));
            Assert.Equal(tun.Index, routes.Link(tun.Name)!.Index);
            Assert.True(names.AltName(name) is not string further || routes.SetAltName(tun.Index, further));
        }
    });
}
