using SstpRouter.RouterOs.Language;
using SstpRouter.Services.Certificates.Acme;

namespace SstpRouter.Services.Tests.Certificates.Acme;

/// <summary>Certificates of ACME in the store, and their renewal as time passes.</summary>
public sealed class AcmeRenewalTests : IDisposable
{
    private const string Enable = "/certificate enable-ssl-certificate dns-name=hq.example.com";

    private readonly Mint _mint = new();
    private readonly CertificateShelf _shelf;
    private readonly DateTimeOffset _start;

    public AcmeRenewalTests()
    {
        _shelf = new CertificateShelf(issuer: _mint);
        _mint.Clock = _shelf.Clock;
        _start = _shelf.Clock.Now;
        _shelf.Desk.Type(Enable);
    }

    private string Fingerprint => _shelf.Rows[0].Text("fingerprint");

    private IReadOnlyList<string> Warnings => _shelf.Desk.Logged("certificate", "warning");

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public void What_came_stands_in_the_store_with_key_and_chain()
    {
        Assert.Equal(["hq.example.com Ka", "hq.example.com_1 A"], _shelf.Names);
        Assert.Equal(2, _shelf.Service.Identity(_shelf.Desk.Now, "hq.example.com")!.CertificateChainDer.Count);
        Assert.Equal(AcmeRequest.UsualDirectory, _shelf.Rows[0].Text("directory-url"));
        Assert.Equal("hq.example.com", _shelf.Rows[0].Text("domain-names"));
        Assert.StartsWith("valid, renewed at ", _shelf.Rows[0].Text("acme-status"));
        Assert.Equal("failure: certificate with such name already exists", _shelf.Desk.Refused("/certificate add-acme domain-names=x.example.com name=hq.example.com"));
    }

    [Fact]
    public void The_same_names_of_the_same_authority_are_the_same_item()
    {
        string first = Fingerprint;

        Assert.Equal(
            "  progress: asking the mint\n  progress: [success] certificate <hq.example.com> updated\n",
            _shelf.Desk.Type(Enable));

        Assert.NotEqual(first, Fingerprint);
        Assert.Equal(2, _shelf.Rows.Count);
        _shelf.Desk.Type("/certificate add-acme domain-names=hq.example.com,www.example.com directory-url=https://ca.example.com/dir");
        Assert.Equal(["hq.example.com Ka", "hq.example.com_1 A", "hq.example.com_2 Ka"], _shelf.Names);
        Assert.Equal("hq.example.com,www.example.com", _shelf.Rows[2].Text("domain-names"));
    }

    [Fact]
    public async Task It_is_renewed_when_four_fifths_of_its_life_are_over()
    {
        string first = Fingerprint;
        int told = 0;
        _shelf.Service.ContentChanged += () => told++;

        DateTimeOffset? due = await Check(_start.AddDays(80).AddMinutes(-1));
        Assert.InRange((due - _start)!.Value.TotalDays, 79.99, 80);
        Assert.Equal(first, Fingerprint);

        due = await Check(_start.AddDays(80));
        Assert.NotEqual(first, Fingerprint);
        Assert.Equal(1, told);
        Assert.InRange((due - _start)!.Value.TotalDays, 159.99, 160);
        Assert.Equal(["certificate <hq.example.com> was renewed"], _shelf.Desk.Logged("certificate", "info"));
    }

    [Fact]
    public async Task Failures_are_tried_again_ever_less_often_and_logged_once_for_each_cause()
    {
        DateTimeOffset now = _start.AddDays(80);
        var waits = new List<TimeSpan>();
        for (int i = 0; i < 8; i++)
        {
            // The text is another one each time; the cause is not.
            _mint.Fault = new AcmeError(i < 4 ? "connection" : "dns", $"attempt {i} failed");
            DateTimeOffset next = (await Check(now))!.Value;
            waits.Add(next - now);
            now = next;
        }

        Assert.Equal([1, 4, 16, 64, 256, 720, 720, 720], waits.Select(w => (int)Math.Round(w.TotalMinutes)));
        Assert.Equal(
            [
                "certificate <hq.example.com> was not renewed, it is tried again: attempt 0 failed",
                "certificate <hq.example.com> was not renewed, it is tried again: attempt 4 failed",
            ],
            Warnings);
        Assert.StartsWith("failed, next attempt at ", _shelf.Rows[0].Text("acme-status"));
        Assert.EndsWith(": attempt 7 failed", _shelf.Rows[0].Text("acme-status"));

        _mint.Fault = null;
        await Check(now);
        Assert.StartsWith("valid, renewed at ", _shelf.Rows[0].Text("acme-status"));
    }

    [Fact]
    public async Task A_restart_remembers_what_was_tried_and_said()
    {
        _mint.Fault = new AcmeError("connection", "refused");
        DateTimeOffset now = _start.AddDays(80);
        DateTimeOffset next = (await Check(now))!.Value;
        int asked = _mint.Asked.Count;

        _shelf.Restart();
        Assert.Equal(next, await Check(now.AddSeconds(30)));
        Assert.Equal(asked, _mint.Asked.Count);

        Assert.InRange(((await Check(next))!.Value - next).TotalMinutes, 3.9, 4.1);
        Assert.Empty(Warnings); // they belong to the log of before
        _mint.Fault = null;
        await Check(next.AddMinutes(4));
        Assert.Equal("hq.example.com", Assert.Single(_mint.Asked[^1].Names));
        Assert.Contains("certificate <hq.example.com> was renewed", _shelf.Desk.Logged("certificate", "info"));
    }

    [Fact]
    public async Task An_authority_that_asks_for_a_longer_wait_gets_it()
    {
        _mint.Fault = new AcmeError("rateLimited", "too many") { RetryAfter = TimeSpan.FromHours(30) };

        DateTimeOffset next = (await Check(_start.AddDays(80)))!.Value;

        Assert.Equal(30, Math.Round((next - _start.AddDays(80)).TotalHours));
    }

    [Fact]
    public async Task Warnings_of_expiry_come_while_renewal_fails_and_begin_anew_with_the_new_certificate()
    {
        _mint.Fault = new AcmeError("connection", "refused");
        await Check(_start.AddDays(94));
        _shelf.Service.Hourly();
        Assert.Contains(Warnings, w => w.StartsWith("certificate <hq.example.com> expires in ", StringComparison.Ordinal));
        _mint.Fault = null;
        await Check(_start.AddDays(95));

        _shelf.Clock.Now = _start.AddDays(95 + 75);
        int before = Warnings.Count;
        _shelf.Service.Hourly();

        Assert.Equal(before + 1, Warnings.Count);
    }

    [Fact]
    public async Task Issuers_that_nothing_needs_any_more_go_with_the_certificate_that_needed_them()
    {
        string middle = _shelf.Rows[1].Text("fingerprint");
        _mint.ChangeAuthority();

        await Check(_start.AddDays(80));

        Assert.Equal(2, _shelf.Rows.Count);
        Assert.DoesNotContain(_shelf.Rows, r => r.Text("fingerprint") == middle);
        Assert.Equal(2, _shelf.Service.Identity(_shelf.Desk.Now, "hq.example.com")!.CertificateChainDer.Count);
    }

    [Fact]
    public async Task Issuers_go_after_a_certificate_that_was_removed_but_not_while_another_cannot_be_read()
    {
        _shelf.Desk.Type("/certificate add name=x key-size=prime256v1; /certificate sign x; /certificate remove hq.example.com");
        _shelf.Damage("3.pem");
        _shelf.Restart();
        await Check(_start);
        Assert.Equal(2, _shelf.Rows.Count);

        _shelf.Desk.Type("/certificate remove x");
        await Check(_start);

        Assert.Empty(_shelf.Rows);
    }

    [Fact]
    public async Task A_retry_that_was_noted_by_a_wrong_clock_does_not_put_it_off()
    {
        _mint.Fault = new AcmeError("not trusted", "the clock is wrong");
        await Check(_start.AddYears(20));
        _mint.Fault = null;

        DateTimeOffset? due = await Check(_start);

        Assert.InRange((due - _start)!.Value.TotalDays, 79.99, 80);
        await Check(_start.AddDays(80));
        Assert.Contains("certificate <hq.example.com> was renewed", _shelf.Desk.Logged("certificate", "info"));
    }

    [Fact]
    public void A_refusal_is_shown_and_changes_nothing()
    {
        string first = Fingerprint;
        _mint.Fault = new AcmeError("dns", "no such name");

        ScriptError error = Assert.Throws<ScriptError>(() => _shelf.Desk.Type("/certificate acme-renew hq.example.com"));

        Assert.Equal("failure: no such name", error.Text);
        Assert.Equal(first, Fingerprint);
    }

    private Task<DateTimeOffset?> Check(DateTimeOffset now)
    {
        _shelf.Clock.Now = now;
        return _shelf.Service.Renewals.Check(_shelf.Clock.GetUtcNow, CancellationToken.None);
    }
}
