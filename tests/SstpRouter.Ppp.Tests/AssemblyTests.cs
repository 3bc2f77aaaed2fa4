namespace SstpRouter.Ppp.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void The_room_has_no_sockets_tasks_threads_timers_or_files()
    {
        string[] references = [.. typeof(PppSession).Assembly.GetReferencedAssemblies().Select(name => name.Name!)];
        string[] forbidden =
        [
            "System.Net.Sockets", "System.Net.NetworkInformation", "System.Threading", "System.Threading.Thread",
            "System.Threading.ThreadPool", "System.Threading.Tasks", "System.Threading.Timer", "System.IO.Pipes",
            "System.Diagnostics.Process", "System.Console",
        ];
        Assert.DoesNotContain(references, name => forbidden.Any(word => name.StartsWith(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_room_keeps_no_mutable_state_of_its_own() => Assert.Empty(
        typeof(PppSession).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("SstpRouter", StringComparison.Ordinal) == true)
            .SelectMany(type => type.GetFields(
                System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public
                | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.Name.StartsWith('<'))
            .Select(field => $"{field.DeclaringType}.{field.Name}"));
}
