using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Users;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Users;

/// <summary>Who may log in, and do what: <c>/user</c> and below, and <c>/password</c>.</summary>
internal sealed class UserService : IAccounts, IMenuState, IRouterService
{
    // One group must stay whose users can mend all others.
    private const Policies Full = Policies.Read | Policies.Write | Policies.Policy;

    private readonly ConfigurationStore _store;
    private readonly RouterLog _log;
    private readonly Menu _users;
    private readonly Menu _groups;
    private readonly Menu _keys;
    private readonly Menu _settings;
    private readonly ActiveLogins _active;
    private readonly SshKeyRows _keyRows;
    private readonly string? _state;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastLogins = [];
    private readonly Lazy<string> _nobodysHash = new(() => PasswordHash.Of(Guid.NewGuid().ToString()));

    public UserService(Menu root, ConfigurationStore store, RouterLog log, TimeProvider clock)
    {
        _store = store;
        _log = log;
        _clock = clock;
        _users = root.Find("user")!;
        _groups = root.Find("user/group")!;
        _keys = root.Find("user/ssh-keys")!;
        _settings = root.Find("user/settings")!;
        Menu active = root.Find("user/active")!;
        _active = new ActiveLogins(active, name => UserNamed(name)?.Text("group") ?? "", Left);
        _keyRows = new SshKeyRows(_keys, store);
        _state = store.FilesDirectory is { } files ? Path.GetDirectoryName(Path.GetFullPath(files)) : null;
        _users.State = this;
        _users.Normalise = HashPasswords;
        active.State = _active;
        _keys.State = _keyRows;
        root.Command("password")!.Run = ChangePassword;
        if (PasswordHash.Trouble is { } trouble)
        {
            log.Write("system,error,critical", trouble);
        }
    }

    public IReadOnlyCollection<Menu> Menus => [_users, _groups, _keys];

    /// <summary>The users that SSH lets in, for the system's own files.</summary>
    public IReadOnlyList<Account> Accounts => AccountsOf(_store.Current);

    public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        if (!after.Items(_users).Any(u => !u.IsYes("disabled") && PoliciesOf(u, after).HasFlag(Full)))
        {
            throw ScriptError.Failure("can not remove last user with full permissions");
        }

        _keyRows.Check(changes);
    }

    public void Reconcile(StoreSnapshot snapshot)
    {
        if (_state is null)
        {
            return;
        }

        string homes = Path.Combine(_state, "ssh");
        try
        {
            new AuthorizedKeys(homes).Write(snapshot.Items(_users).Where(u => !u.IsYes("disabled")).ToDictionary(
                u => u.Text("name"),
                IReadOnlyList<string> (u) => [.. snapshot.Items(_keys).Where(k => k.Text("user") == u.Text("name")).Select(SshKeyRows.LineOf)]));
            AccountFiles.Write(Path.Combine(_state, "accounts"), AccountsOf(snapshot), homes, Environment.ProcessPath ?? "/bin/false");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _log.Error("system", $"the accounts and keys of the users could not be written: {exception.Message}");
        }
    }

    public LoginOutcome Login(string userName, string password, IPAddress? from, string via)
    {
        Item? user = UserNamed(userName);
        string? hash = user is null ? null : HashOf(user);
        bool needsPassword = hash is null && user is not null && from is null && via == "local" && password.Length == 0;

        // As much work for a user that does not exist, so that nobody can tell.
        bool fits = needsPassword || (PasswordHash.IsPossible(password) && PasswordHash.Trouble is null
            && PasswordHash.Fits(password, hash ?? _nobodysHash.Value) && hash is not null);
        return !IsWelcome(fits ? user : null, userName, from, via) ? LoginOutcome.Refused
            : needsPassword ? LoginOutcome.NeedsPassword
            : LoginOutcome.Accepted;
    }

    public bool MayEnter(string userName, IPAddress? from, string via) => IsWelcome(UserNamed(userName), userName, from, via);

    public IActiveLogin Enter(string userName, IPAddress? from, string via)
    {
        DateTimeOffset now = _clock.GetLocalNow();
        _lastLogins[userName] = now;
        _log.Write("system,info,account", $"user {userName} logged in{Whence(from)} via {via}");
        return _active.Enter(userName, from, via, now);
    }

    public Policies PoliciesOf(string userName) => UserNamed(userName) is { } user && !user.IsYes("disabled") ? PoliciesOf(user) : Policies.None;

    public void Describe(Row row)
    {
        if (_lastLogins.TryGetValue(row.Text("name"), out DateTimeOffset when))
        {
            row.Show("last-logged-in", Value.Of(when.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;

    private IReadOnlyList<Account> AccountsOf(StoreSnapshot snapshot) =>
        [.. snapshot.Items(_users).Where(u => !u.IsYes("disabled") && PoliciesOf(u, snapshot).HasFlag(Policies.Ssh))
            .Select(u => new Account(u.Text("name"), HashOf(u)))];

    private static string Whence(IPAddress? from) => from is null ? "" : " from " + from;

    private static string? HashOf(Item user) => user.Values.GetValueOrDefault(".hash")?.ToText() is { Length: > 0 } hash ? hash : null;

    private void Left(ActiveLogin login) =>
        _log.Write("system,info,account", $"user {login.UserName} logged out{Whence(login.From)} via {login.Via}");

    private Item? UserNamed(string name) => _store.Current.Items(_users).FirstOrDefault(u => u.Text("name") == name);

    private Policies PoliciesOf(Item user, StoreSnapshot? snapshot = null) =>
        (snapshot ?? _store.Current).Items(_groups).FirstOrDefault(g => g.Text("name") == user.Text("group")) is { } group
            ? GroupPolicies.Of(group)
            : Policies.None;

    private bool IsWelcome(Item? user, string userName, IPAddress? from, string via)
    {
        bool isWelcome = user?.IsYes("disabled") == false && MayCome(user, from, via);
        if (!isWelcome)
        {
            _log.Write("system,error,critical", $"login failure for user {userName}{Whence(from)} via {via}");
        }

        return isWelcome;
    }

    private bool MayCome(Item user, IPAddress? from, string via) =>
        PolicyNames.Of(via) is not Policies.None and var needed && PoliciesOf(user).HasFlag(needed)
        && (from is null || user["address"] is not ArrayValue { Entries.Length: > 0 } networks
            || networks.Entries.Any(e => e.Value is PrefixValue network && Contains(network, from)));

    private static bool Contains(PrefixValue network, IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == network.Address.AddressFamily && new IPNetwork(network.Address, network.Length).Contains(plain);
    }

    private IReadOnlyList<GivenArgument> HashPasswords(IReadOnlyList<GivenArgument> arguments) => [.. arguments.Select(a =>
        a.Name != "password" ? a
        : a.IsNegated || a.Value.ToText().Length == 0 ? new GivenArgument(".hash", Value.Nothing, IsNegated: true, a.Position)
        : new GivenArgument(".hash", Value.Of(Hash(a.Value.ToText())), IsNegated: false, a.Position))];

    private string Hash(string password)
    {
        PasswordRules.Check(password, _store.Current.Settings(_settings));
        if (!PasswordHash.IsPossible(password))
        {
            throw ScriptError.Failure($"a password has at most {PasswordHash.LongestPassword} bytes and no NUL");
        }

        return PasswordHash.Trouble is { } trouble ? throw ScriptError.Failure(trouble) : PasswordHash.Of(password);
    }

    public void SetFirstPassword(ISession by, string password)
    {
        Item user = UserNamed(by.UserName) ?? throw ScriptError.NoSuchItem();
        if (HashOf(user) is not null)
        {
            throw ScriptError.Failure("the user has a password already");
        }

        SetPassword(user, password, by);
    }

    private Value ChangePassword(CommandInvocation command)
    {
        // All that is not given is asked for, in the order of the arguments.
        string Given(string name, string question) => command[name]?.ToText() ?? command.Session.Ask(question, isHidden: true);
        Item user = UserNamed(command.Session.UserName) ?? throw ScriptError.NoSuchItem();
        string? present = HashOf(user);
        bool isAsked = present is not null || command["new-password"] is null;
        string old = isAsked ? Given("old-password", "old password: ") : "";
        if (present is not null && !PasswordHash.Fits(old, present))
        {
            _log.Write("system,error,critical", $"password change failure for user {command.Session.UserName}: wrong old password");
            throw ScriptError.Failure("wrong old password");
        }

        string password = Given("new-password", "new password: ");
        if (password != Given("confirm-new-password", "retype new password: "))
        {
            throw ScriptError.Failure("passwords do not match");
        }

        SetPassword(user, password, command.Session);
        return Value.Nothing;
    }

    private void SetPassword(Item user, string password, ISession by)
    {
        string? hash = password.Length == 0 ? null : Hash(password);
        _store.Commit(
            draft =>
            {
                Item now = draft.Snapshot.Find(_users, user.Id) ?? throw ScriptError.NoSuchItem();
                draft.Replace(now with { Values = hash is null ? now.Values.Remove(".hash") : now.Values.SetItem(".hash", Value.Of(hash)) });
            },
            by);
    }
}
