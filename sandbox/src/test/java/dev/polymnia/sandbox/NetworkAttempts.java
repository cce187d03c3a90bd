package dev.polymnia.sandbox;

import java.util.List;

/// Attempts at the network and at other programs' sockets.
final class NetworkAttempts {
    private NetworkAttempts() {}

    static List<Attempt> all() {
        return List.of(
                Attempt.refused(
                        "a TCP port of the host",
                        """
                        import socket
                        attempt(socket.create_connection, ("127.0.0.1", TCP_PORT), 5)
                        """),
                Attempt.refused(
                        "a TCP port of the host by IPv6",
                        """
                        import socket
                        attempt(socket.create_connection, ("::1", TCP_PORT), 5)
                        attempt(socket.create_connection, ("::ffff:127.0.0.1", TCP_PORT), 5)
                        """),
                Attempt.refused(
                        "a TCP port of its own",
                        """
                        import socket
                        attempt(socket.create_server, ("0.0.0.0", 0))
                        """),
                Attempt.refused(
                        "a UDP port of the host",
                        """
                        import socket
                        def send():
                            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                            return s.sendto(b"out", ("127.0.0.1", UDP_PORT))
                        attempt(send)
                        """),
                Attempt.refused(
                        "names",
                        """
                        import socket
                        attempt(socket.getaddrinfo, "example.org", 80)
                        attempt(socket.gethostbyname, "example.org")
                        """),
                Attempt.refused(
                        "the web",
                        """
                        import urllib.request
                        attempt(urllib.request.urlopen, "http://127.0.0.1:TCP_PORT/", None, 5)
                        """),
                Attempt.refused(
                        "other families of sockets",
                        """
                        import socket
                        families = {"netlink": 16, "packet": 17, "vsock": 40, "alg": 38, "bluetooth": 31, "can": 29, "tipc": 30, "xdp": 44}
                        for family in families.values():
                            attempt(socket.socket, family, socket.SOCK_RAW)
                            attempt(socket.socket, family, socket.SOCK_DGRAM)
                            attempt(socket.socket, family, socket.SOCK_STREAM)
                        """),
                Attempt.refused(
                        "raw packets",
                        """
                        import socket
                        attempt(socket.socket, socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
                        attempt(socket.socket, socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
                        attempt(socket.socket, socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_RAW)
                        """),
                Attempt.refused(
                        "a local socket of the host without a file",
                        """
                        import socket
                        attempt(socket.socket(socket.AF_UNIX).connect, "\\x00SOCKET_NAME")
                        """),
                Attempt.refused(
                        "a local socket of the host with a file",
                        """
                        import socket
                        attempt(socket.socket(socket.AF_UNIX).connect, "SOCKET_FILE")
                        attempt(socket.socket(socket.AF_UNIX).connect, "/run/docker.sock")
                        attempt(socket.socket(socket.AF_UNIX).connect, "/run/dbus/system_bus_socket")
                        """),
                Attempt.refused(
                        "the host's interfaces",
                        """
                        import socket
                        def others():
                            names = [name for _, name in socket.if_nameindex() if name != "lo"]
                            if not names:
                                raise OSError("only the loopback of the box")
                            return names
                        attempt(others)
                        """));
    }
}
