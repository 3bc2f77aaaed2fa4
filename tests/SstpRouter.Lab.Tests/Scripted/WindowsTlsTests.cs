using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>What Windows may do at the level of TLS, done by OpenSSL's client, which has a switch or a key for each.</summary>
[Collection(Peers.Clients)]
public class WindowsTlsTests(CallsToRouter network)
{
    private const string Request = "SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\nHost: vpn.example.com\n\n";

    /// <summary>Whatever protocols it offers, HTTP/2 is not chosen.</summary>
    [RootFact]
    public void May_offer_protocols_by_ALPN()
    {
        using RunningProgram client = network.OpenSsl("-alpn", "h2,http/1.1");
        client.WaitForLine("No ALPN negotiated");
        Type(client, Request);

        client.WaitForLine("HTTP/1.1 200");
    }

    [RootFact]
    public void May_change_its_keys_and_ask_for_new_ones()
    {
        using RunningProgram client = network.OpenSsl("-tls1_3");
        client.WaitForLine("Verify return code");
        Type(client, "K\n");
        client.WaitForLine("KEYUPDATE");
        Type(client, Request);

        client.WaitForLine("HTTP/1.1 200");
    }

    /// <summary>No renegotiation: what somebody in between said first cannot become a part of the call.</summary>
    [RootFact]
    public void May_not_renegotiate()
    {
        using RunningProgram client = network.OpenSsl("-tls1_2");
        client.WaitForLine("Verify return code");
        Type(client, "R\n");
        client.WaitForLine("no renegotiation");

        Assert.NotEqual(0, client.WaitForEnd().Status);
    }

    /// <summary>A call that is dialled again is the session of before: the certificate of the binding is the same in it.</summary>
    [RootFact]
    public void May_ask_for_its_last_session_and_gets_it()
    {
        using RunningProgram client = network.OpenSsl("-tls1_2", "-reconnect");
        client.WaitForLine("Reused, TLS", count: 5);

        Assert.Equal(1, client.Count("New, TLS"));
    }

    private static void Type(RunningProgram client, string text)
    {
        client.Input.Write(text);
        client.Input.Flush();
    }
}
