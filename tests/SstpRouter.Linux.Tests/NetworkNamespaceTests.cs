using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests;

public sealed class NetworkNamespaceTests
{
    [RootFact]
    public void Entering_one_leaves_the_callers_thread_where_it_is()
    {
        string outside = CurrentName();
        using NetworkNamespace space = NetworkNamespace.Create();
        string inside = space.Run(CurrentName);
        Assert.NotEqual(outside, inside);
        Assert.Equal(inside, space.Run(CurrentName));
        Assert.Equal(outside, CurrentName());
    }

    [RootFact]
    public void The_present_one_can_be_entered_again_later()
    {
        using NetworkNamespace first = NetworkNamespace.Create();
        using NetworkNamespace again = first.Run(NetworkNamespace.Current);
        Assert.Equal(first.Run(CurrentName), again.Run(CurrentName));
    }

    [RootFact]
    public void That_of_a_process_is_found_by_its_id()
    {
        using NetworkNamespace own = NetworkNamespace.OfProcess(Environment.ProcessId);
        Assert.Equal(CurrentName(), own.Run(CurrentName));
    }

    [RootFact]
    public void What_an_action_throws_comes_out()
    {
        using NetworkNamespace space = NetworkNamespace.Create();
        Assert.Equal("inside", Assert.Throws<InvalidDataException>(
            () => space.Run(() => throw new InvalidDataException("inside"))).Message);
    }

    [Fact]
    public void One_that_is_not_there_is_an_error_that_names_it()
    {
        LinuxException e = Assert.Throws<LinuxException>(() => NetworkNamespace.FromPath("/run/netns/none"));
        Assert.Equal("cannot open network namespace /run/netns/none: No such file or directory", e.Message);
    }

    [RootFact]
    public void What_is_no_namespace_cannot_be_entered()
    {
        using NetworkNamespace wrong = NetworkNamespace.FromPath("/proc/self/ns/uts");
        Assert.Equal(Errno.Invalid, Assert.Throws<LinuxException>(() => wrong.Run(() => { })).ErrorNumber);
    }

    private static string CurrentName() => File.ResolveLinkTarget("/proc/thread-self/ns/net", false)!.Name;
}
