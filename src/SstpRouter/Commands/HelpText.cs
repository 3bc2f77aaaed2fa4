namespace SstpRouter.Commands;

/// <summary>The text of <c>--help</c>.</summary>
internal static class HelpText
{
    public const string Whole = """
        sstp-router: a branch-office router that speaks SSTP and is configured as RouterOS is

          sstp-router lab [--once] [--certificate] [--debug]
              Two routers in network namespaces, a tunnel between them, and a prompt to look around.
              --once ends after the ping; --certificate gives the server a self-signed certificate.
              Needs root; leaves nothing behind.

          sstp-router bench [--seconds N] [--only NAME[,NAME]] [--json]
              What this board can do and what of it a tunnel reaches: ciphers, TUN, a cable and a tunnel between two
              routers, as a table with ratios that ends with the bottleneck.
              Each test measures for N seconds (3). Names: cipher, tun, wire, tcp, udp, ping, dial, memory.
              --json is for programs. Needs root; leaves nothing behind.

          sstp-router run [--state DIR] [--config FILE] [--workers N] [--device-key KEY] [--record DIR]
                           [--debug]
              The router itself, until SIGTERM or SIGINT. Everything it must keep is in DIR
              (/var/lib/sstp-router). FILE, in export syntax, is read once: into a state that is still empty.
              N threads carry the tunnels (one for each processor). --debug logs every control packet.
              Private keys in DIR are encrypted with the file KEY (/etc/sstp-router/device.key where there is one),
              which only root may read; a chip's fuses under /sys will do.
              --record writes into a DIR of its own what reaches the protocol engines of each tunnel, for a report of a
              fault: the newest 200 tunnels, 1 MB each, of IP packets only the number. Passwords and all that follows
              from them are masked; user names, addresses and certificates are in it.

          sstp-router cli [--state DIR] [--user NAME] [--login] [-c COMMAND | COMMAND...]
              A console at the router that runs with this DIR. NAME may end with what the terminal is like: admin+ct80w24h.
              --login asks for name and password first, as a serial console does. A COMMAND is run instead, as is
              what ssh was given. This program may also be a user's login shell.

          sstp-router exec [--state DIR] [--user NAME] COMMAND...
              One command at that router: its output, and 0; or its error on stderr, and 1.

          sstp-router check FILE
              Reads a configuration without a router, names every line that would have no effect, and ends with
              1 where there is one.

          sstp-router reference
              The documentation of every menu, in Markdown.

          sstp-router --version
          sstp-router --help

        """;
}
