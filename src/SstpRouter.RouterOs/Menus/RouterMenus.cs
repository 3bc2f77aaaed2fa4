using SstpRouter.RouterOs.Menus.Device;
using SstpRouter.RouterOs.Menus.Interfaces;
using SstpRouter.RouterOs.Menus.Ip;
using SstpRouter.RouterOs.Menus.Ppp;
using SstpRouter.RouterOs.Menus.Users;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus;

/// <summary>The menu tree of the router.</summary>
public static class RouterMenus
{
    /// <summary>Builds a fresh tree without standard commands; each program (and each test) has one of its own.</summary>
    /// <returns>The root.</returns>
    public static Menu Build() =>
        new Menu("", MenuKind.Container, "The root of all menus")
            .Add(CertificateMenu.Create())
            .Add(InterfaceMenu.Create()
                .Add(SstpClientMenu.Create())
                .Add(SstpServerMenu.Create()
                    .Add(SstpServerSettingsMenu.Create())))
            .Add(new Menu("ip", MenuKind.Container, "IPv4 addresses, routes and pools")
                .Add(IpAddressMenu.Create())
                .Add(IpPoolMenu.Create()
                    .Add(IpPoolUsedMenu.Create()))
                .Add(IpRouteMenu.Create()))
            .Add(LogMenu.Create())
            .Add(new Menu("ppp", MenuKind.Container, "Point to Point Protocol: users, profiles, sessions")
                .Add(PppActiveMenu.Create())
                .Add(PppProfileMenu.Create())
                .Add(PppSecretMenu.Create()))
            .Add(new Menu("system", MenuKind.Container, "The router itself")
                .Add(IdentityMenu.Create())
                .Add(HistoryMenus.History())
                .Add(HistoryMenus.Commit()))
            .Add(PingCommand.Create())
            .Add(HistoryMenus.SafeMode())
            .Add(HistoryMenus.Undo())
            .Add(HistoryMenus.Redo())
            .Add(UserMenus.Create())
            .Add(UserMenus.Password());
}
