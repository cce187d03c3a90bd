package dev.polymnia.core.platform;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The proxy that the environment wants for an address, which Java does not read itself:
/// `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`, in capitals or not, unless `NO_PROXY` names the
/// host.
///
/// @param variable the variable that names it
/// @param proxy where it is
/// @param user for `Proxy-Authorization`; empty for none
/// @param password for `Proxy-Authorization`
public record EnvironmentProxy(String variable, Proxy proxy, String user, String password) {
    /// Returns the proxy for an address; empty if it is to be asked directly.
    ///
    /// @throws Fault with `INVALID` if the variable holds no address of a proxy
    public static Optional<EnvironmentProxy> find(URI target, Map<String, String> environment) {
        String host = target.getHost().toLowerCase(Locale.ROOT);
        if (isExempt(host, port(target), environment)) {
            return Optional.empty();
        }
        String own = target.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
        return Stream.of(own, "all_proxy")
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst()
                .map(name -> parse(name, requireNonNull(environment.get(name)).strip()));
    }

    /// Returns where it is, for people; without the password.
    public String shown() {
        InetSocketAddress address = (InetSocketAddress) proxy.address();
        return "%s:%d (from %s)".formatted(address.getHostString(), address.getPort(), variable);
    }

    private static int port(URI target) {
        if (target.getPort() >= 0) {
            return target.getPort();
        }
        return "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
    }

    /// Leaves the password out.
    @Override
    public String toString() {
        return shown();
    }

    private static boolean isExempt(String host, int port, Map<String, String> environment) {
        String all = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        return Stream.of(all.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> matches(entry, host, port));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*") || entry.equals(host) || entry.equals(host + ":" + port)) {
            return true;
        }
        String domain = entry.startsWith("*") ? entry.substring(1) : entry;
        return host.endsWith(domain.startsWith(".") ? domain : "." + domain);
    }

    private static EnvironmentProxy parse(String variable, String value) {
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            Proxy.Type type = type(uri.getScheme().toLowerCase(Locale.ROOT));
            if (uri.getHost() == null || type == Proxy.Type.DIRECT) {
                throw unusable(variable);
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : type == Proxy.Type.HTTP ? 80 : 1080;
            List<String> user =
                    List.of(Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2));
            return new EnvironmentProxy(
                    variable,
                    new Proxy(type, InetSocketAddress.createUnresolved(uri.getHost(), port)),
                    user.getFirst(),
                    user.size() > 1 ? user.getLast() : "");
        } catch (URISyntaxException e) {
            // The exception quotes the value, which may hold a password.
            throw unusable(variable);
        }
    }

    private static Proxy.Type type(String scheme) {
        return switch (scheme) {
            case "http" -> Proxy.Type.HTTP;
            case "socks", "socks5", "socks5h" -> Proxy.Type.SOCKS;
            default -> Proxy.Type.DIRECT;
        };
    }

    private static Fault unusable(String variable) {
        return new Fault(
                Fault.Code.INVALID,
                "The variable "
                        + variable
                        + " holds no address of a proxy that can be used (not shown); write one"
                        + " like http://proxy.example:3128 or socks5://…, or name the host"
                        + " in NO_PROXY.");
    }
}
