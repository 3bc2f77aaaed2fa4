using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Users;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Users;

/// <summary>The users that are logged in: <c>/user active</c>.</summary>
/// <param name="menu">The menu.</param>
/// <param name="groupOf">The group of a user.</param>
/// <param name="ended">Called when a session is over.</param>
internal sealed class ActiveLogins(Menu menu, Func<string, string> groupOf, Action<ActiveLogin> ended) : IMenuState
{
    private readonly ConcurrentDictionary<ulong, ActiveLogin> _logins = [];
    private ulong _count;

    public ActiveLogin Enter(string userName, IPAddress? from, string via, DateTimeOffset when)
    {
        var login = new ActiveLogin(Interlocked.Increment(ref _count), userName, from, via, when, gone =>
        {
            if (_logins.TryRemove(gone.Number, out _))
            {
                ended(gone);
            }
        });
        _logins[login.Number] = login;
        return login;
    }

    public void Describe(Row row)
    {
        // No login is a stored item.
    }

    public IEnumerable<Row> DynamicRows()
    {
        foreach (ActiveLogin login in _logins.Values.OrderBy(l => l.Number))
        {
            Row row = new Row(menu, login.Number, ImmutableDictionary<string, Value>.Empty, isDynamic: true)
                .Show("when", Value.Of(login.When.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)))
                .Show("name", Value.Of(login.UserName))
                .Show("via", Value.Of(login.Via == "local" ? "console" : login.Via))
                .Show("group", Value.Of(groupOf(login.UserName)));
            yield return login.From is { } address ? row.Show("address", new AddressValue(address)) : row;
        }
    }

    public bool TryRemove(ulong id)
    {
        if (!_logins.TryGetValue(id, out ActiveLogin? login))
        {
            return false;
        }

        login.End();
        return true;
    }
}

/// <summary>One login.</summary>
internal sealed class ActiveLogin(ulong number, string userName, IPAddress? from, string via, DateTimeOffset when, Action<ActiveLogin> leave) : IActiveLogin
{
    private readonly CancellationTokenSource _ended = new();

    public ulong Number => number;

    public string UserName => userName;

    public IPAddress? From => from;

    public string Via => via;

    public DateTimeOffset When => when;

    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"login{number}");

    public CancellationToken Ended => _ended.Token;

    /// <summary>Asks the session to end.</summary>
    public void End() => _ = _ended.CancelAsync();

    public void Dispose() => leave(this);
}
