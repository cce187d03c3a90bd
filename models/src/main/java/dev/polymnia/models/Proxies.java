package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The proxies of this machine: those of Java's own properties (`https.proxyHost`), else those of
/// the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`), which Java does not read
/// itself. Thread-safe.
final class Proxies extends ProxySelector {
    private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

    private final Map<String, String> environment;

    private Proxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    static Proxies of(Map<String, String> environment) {
        return new Proxies(environment);
    }

    @Override
    public List<Proxy> select(URI address) {
        return property(address)
                .or(() -> setting(address).map(Proxies::proxy))
                .map(List::of)
                .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException cause) {
        // The fault of the transfer names the proxy.
    }

    /// Returns the words that name the proxy of an address, without its password; empty if it is
    /// reached directly.
    String words(URI address) {
        Proxy proxy = select(address).getFirst();
        return proxy.address() instanceof InetSocketAddress place
                ? " through the proxy " + place.getHostString() + ":" + place.getPort()
                : "";
    }

    /// Returns who answers when a proxy asks for a password; empty if the settings have none.
    Optional<Authenticator> authenticator(URI address) {
        Optional<String> user =
                setting(address).map(URI::getRawUserInfo).filter(text -> text.contains(":"));
        // Java sends no password through a tunnel unless it is told to; whoever writes one into the
        // setting wants it sent.
        user.filter(_ -> System.getProperty(TUNNELING) == null)
                .ifPresent(_ -> System.setProperty(TUNNELING, ""));
        return user.map(Password::new);
    }

    private static Optional<Proxy> property(URI address) {
        return Optional.ofNullable(ProxySelector.getDefault()).stream()
                .flatMap(selector -> selector.select(address).stream())
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .findFirst();
    }

    private Optional<URI> setting(URI address) {
        if (isExempt(address.getHost())) {
            return Optional.empty();
        }
        String own = address.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
        return Stream.of(own, "all_proxy")
                .flatMap(name -> Stream.of(value(name), value(name.toUpperCase(Locale.ROOT))))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(Proxies::address)
                .filter(proxy -> proxy.getHost() != null);
    }

    /// An entry covers its own host and those below it; a star covers all.
    private boolean isExempt(String host) {
        String exempt = value("no_proxy") + "," + value("NO_PROXY");
        return Stream.of(exempt.split("[,\\s]+", -1))
                .map(entry -> entry.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .anyMatch(entry ->
                        entry.equals("*")
                                || host.equalsIgnoreCase(entry)
                                || host.toLowerCase(Locale.ROOT).endsWith("." + entry));
    }

    private String value(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    private static URI address(String text) {
        try {
            return URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The proxy in HTTPS_PROXY or ALL_PROXY is not an address; it should look like"
                            + " http://proxy.example:3128.",
                    e);
        }
    }

    private static Proxy proxy(URI address) {
        int port = address.getPort() < 0 ? 80 : address.getPort();
        return new Proxy(
                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
    }

    /// Answers proxies only, with the user and the password of the setting.
    private static final class Password extends Authenticator {
        private final String user;
        private final String password;

        private Password(String userInfo) {
            String[] parts = userInfo.split(":", 2);
            user = URLDecoder.decode(parts[0].replace("+", "%2B"), UTF_8);
            password = URLDecoder.decode(parts[1].replace("+", "%2B"), UTF_8);
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? new PasswordAuthentication(user, password.toCharArray())
                    : null;
        }
    }
}
