namespace SstpRouter.RouterOs.Tests.Interpretation;

public class EncodingTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData(":convert \"hello\" to=base64", "aGVsbG8=")]
    [InlineData(":convert 5 from=num to=bit-array-lsb", "1;0;1;0;0;0;0;0")]
    [InlineData(":convert 5 from=num to=bit-array-msb", "0;0;0;0;0;1;0;1")]
    [InlineData(":convert {0;1;1;0;1;0;0;0} from=bit-array-msb", "h")]
    [InlineData(":convert [:convert \"hi\" to=bit-array-lsb] from=bit-array-lsb", "hi")]
    [InlineData(":serialize to=dsv delimiter=\";\" {{1;\"a b\"};{2;\"x;y\"}}", "1;a b\n2;\"x;y\"")]
    [InlineData(":serialize to=dsv delimiter=\",\" {1;\"say \\\"hi\\\"\"}", "1,\"say \"\"hi\"\"\"")]
    [InlineData(":serialize to=dsv delimiter=\",\" options=dsv.remap value={{b=2;a=1};{a=3}}", "a,b\n1,2\n3,")]
    [InlineData(":serialize to=dsv delimiter=\",\" options=dsv.remap order={\"b\";\"a\"} value={{b=2;a=1};{a=3}}", "b,a\n2,1\n,3")]
    [InlineData(":deserialize from=dsv delimiter=\",\" value=\"a,\\\"b,c\\\"\\r\\n1,\\n\"", "a;b,c;1;")]
    [InlineData(":typeof ([:deserialize from=dsv delimiter=\",\" \"1,2\\n3,4\"]->1->1)", "num")]
    [InlineData(":typeof ([:deserialize from=dsv delimiter=\",\" options=dsv.plain \"1,2\\n3,4\"]->1->1)", "str")]
    [InlineData(":len [:deserialize from=dsv delimiter=\",\" \"\"]", "0")]
    [InlineData(":convert from=base64 to=raw \"aGVsbG8=\"", "hello")]
    [InlineData(":convert \"hello\" to=base32", "NBSWY3DP")]
    [InlineData(":convert \"NBSWY3DP\" from=base32", "hello")]
    [InlineData(":convert \"hi\" to=base32", "NBUQ====")]
    [InlineData(":convert \"hi\" to=hex", "6869")]
    [InlineData(":convert \"6869\" from=hex", "hi")]
    [InlineData(":convert \"6869\" from=hex to=num", "26729")]
    [InlineData(":convert 26729 from=num", "hi")]
    [InlineData(":convert \"hi\" to=byte-array", "104;105")]
    [InlineData(":convert {104;105} from=byte-array", "hi")]
    [InlineData(":convert \"a b&c\" to=url", "a%20b%26c")]
    [InlineData(":convert \"a%20b\" from=url", "a b")]
    [InlineData(":convert \"Hello\" to=rot13", "Uryyb")]
    [InlineData(":convert \"hello\" transform=uc", "HELLO")]
    [InlineData(":convert \"hello\" transform=reverse", "olleh")]
    [InlineData(":convert \"hello\" transform=md5", "5d41402abc4b2a76b9719d911017c592")]
    [InlineData(":serialize to=json value={\"a\"=1;\"b\"=\"x\"}", "{\"a\":1,\"b\":\"x\"}")]
    [InlineData(":serialize to=json {\"1\";2;true;10.0.0.1}", "[1,2,true,\"10.0.0.1\"]")]
    [InlineData(":serialize to=json {\"1\"} options=json.no-string-conversion", "[\"1\"]")]
    [InlineData(":deserialize from=json value=\"{\\\"a\\\":[1,true,null,1.5,\\\"10.0.0.0/8\\\"]}\"", "a=1;true;;1.5;10.0.0.0/8")]
    public void Values_are_written_in_another_form(string command, string printed)
    {
        Assert.Equal(printed, _bench.Print($":put [{command}]"));
    }

    [Theory]
    [InlineData(":convert \"x\" from=base64", "invalid value for argument value")]
    [InlineData(":convert {1;0;1} from=bit-array-lsb", "invalid value for argument value")]
    [InlineData(":convert {0;1;2;0;1;0;0;0} from=bit-array-msb", "invalid value for argument value")]
    [InlineData(":serialize to=dsv {1}", "missing value(s) of argument(s) delimiter")]
    [InlineData(":deserialize from=dsv delimiter=\"\" \"1\"", "invalid value for argument delimiter")]
    [InlineData(":convert \"x\" to=morse", "input does not match any value of to")]
    [InlineData(":convert {1;256} from=byte-array", "invalid value for argument value")]
    [InlineData(":deserialize \"{\" from=json", "failure: invalid json")]
    [InlineData(":serialize {1}", "missing value(s) of argument(s) to")]
    public void What_cannot_be_is_refused(string command, string told)
    {
        Assert.Equal(told, _bench.Fail(command).Split(" (line")[0]);
    }

    [Fact]
    public void A_time_stamp_counts_from_1970()
    {
        Assert.Equal("time", _bench.Print(":put [:typeof [:timestamp]]"));
        Assert.Equal("true", _bench.Print(":put ([:timestamp] > 2800w)"));
        Assert.Equal("", _bench.Print(":put [:jobname]"));
    }
}
