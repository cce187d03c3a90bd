package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.server.openid.OpenIdOptions;
import dev.polymnia.server.trace.TraceOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a server is opened.
///
/// @param host the name or address that it binds to
/// @param port 0 for a free one
/// @param keys any of them lets a client in, at least 16 characters each; empty for no keys, which
///   only a server that this machine alone can reach may have
/// @param limits how much it takes on
/// @param tls what it shows for TLS; null for none
/// @param origins of pages from elsewhere that may ask with a browser, each as a browser names it
/// @param traces where it is told what runs do; null for nowhere
/// @param publicUrl how addresses begin by which browsers reach it, as in
///   `https://chat.example.com`; null if that is where it listens
/// @param openId by which provider people sign in; null for none
public record ServerOptions(
        String host,
        int port,
        Set<String> keys,
        ServerLimits limits,
        @Nullable TlsFiles tls,
        Set<String> origins,
        @Nullable TraceOptions traces,
        @Nullable String publicUrl,
        @Nullable OpenIdOptions openId) {
    /// Where it listens unless something else is said.
    public static final String USUAL_HOST = "127.0.0.1";

    /// The port unless something else is said.
    public static final int USUAL_PORT = 8420;

    private static final int SHORTEST_KEY = 16;
    private static final int LAST_PORT = 65_535;

    /// Copies and checks the parts.
    ///
    /// @throws Fault `INVALID` if anybody on a network could ask without a key, a key can be
    ///   guessed, a number is not possible, an origin is none, or it is not known where browsers
    ///   come back to from a provider; `NOT_FOUND` if there is no such host
    public ServerOptions {
        requireNonNull(host, "host is null");
        keys = Set.copyOf(keys);
        requireNonNull(limits, "limits is null");
        origins = Set.copyOf(origins);
        Cors.check(origins);
        if (publicUrl != null && !Cors.isOrigin(publicUrl)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The public URL '%s' is none; write it without a path: https://chat.example.com."
                            .formatted(publicUrl));
        }
        if (port < 0 || port > LAST_PORT) {
            throw new Fault(Fault.Code.INVALID, "The port " + port + "; choose 0 to 65535.");
        }
        if (keys.stream().anyMatch(key -> key.length() < SHORTEST_KEY || !isPrintable(key))) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A key has less than %d characters, or some that no header can hold; choose a long random one."
                            .formatted(SHORTEST_KEY));
        }
        if (keys.isEmpty() && !address(host).isLoopbackAddress()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Anybody who reaches %s could use the model without a key; set one, or listen on %s."
                            .formatted(host, USUAL_HOST));
        }
        if (openId != null && publicUrl == null && !address(host).isLoopbackAddress()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Where browsers come back to from the provider of OpenID Connect is not known;"
                            + " set public-url to the address by which they reach this server.");
        }
    }

    /// Creates options with the usual limits, without TLS, for no pages from elsewhere, without
    /// traces.
    ///
    /// @throws Fault as the one with all parts
    public ServerOptions(String host, int port, Set<String> keys) {
        this(host, port, keys, ServerLimits.USUAL, null, Set.of(), null, null, null);
    }

    /// Returns these options with other limits.
    public ServerOptions withLimits(ServerLimits value) {
        return new ServerOptions(host, port, keys, value, tls, origins, traces, publicUrl, openId);
    }

    /// Returns these options with TLS.
    public ServerOptions withTls(TlsFiles value) {
        return new ServerOptions(
                host, port, keys, limits, value, origins, traces, publicUrl, openId);
    }

    /// Returns these options for other pages from elsewhere.
    public ServerOptions withOrigins(Set<String> value) {
        return new ServerOptions(host, port, keys, limits, tls, value, traces, publicUrl, openId);
    }

    /// Returns these options with traces.
    public ServerOptions withTraces(TraceOptions value) {
        return new ServerOptions(host, port, keys, limits, tls, origins, value, publicUrl, openId);
    }

    /// Returns these options with another public URL.
    ///
    /// @throws Fault as the one with all parts
    public ServerOptions withPublicUrl(String value) {
        return new ServerOptions(host, port, keys, limits, tls, origins, traces, value, openId);
    }

    /// Returns these options with a provider of OpenID Connect.
    ///
    /// @throws Fault as the one with all parts
    public ServerOptions withOpenId(OpenIdOptions value) {
        return new ServerOptions(host, port, keys, limits, tls, origins, traces, publicUrl, value);
    }

    /// Returns whether browsers speak TLS with the server, or with the proxy before it.
    boolean isSecure() {
        return tls != null || (publicUrl != null && publicUrl.startsWith("https:"));
    }

    private static boolean isPrintable(String key) {
        return key.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "There is no host '%s' to listen on; name one of this machine.".formatted(host),
                    e);
        }
    }

    /// Never shows the keys.
    @Override
    public String toString() {
        return "ServerOptions[host=%s, port=%d, keys=%d, limits=%s, tls=%s, origins=%s, traces=%s, publicUrl=%s, openId=%s]"
                .formatted(
                        host, port, keys.size(), limits, tls, origins, traces, publicUrl, openId);
    }
}
