package dev.polymnia.core.platform;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The proxies of this machine for the JDK's client: those of Java's own properties
/// (`https.proxyHost`), else those of the environment. Thread-safe.
public final class Proxies extends ProxySelector {
    private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

    private final Map<String, String> environment;

    private Proxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// Returns those of an environment.
    ///
    /// @param environment looked up: the variables of [EnvironmentProxy]
    public static Proxies of(Map<String, String> environment) {
        return new Proxies(environment);
    }

    @Override
    public List<Proxy> select(URI address) {
        return property(address)
                .or(() -> setting(address).map(EnvironmentProxy::proxy))
                .map(List::of)
                .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException cause) {
        // Whoever asked hears of it.
    }

    /// Returns the words that name the proxy of an address, without its password; empty if it is
    /// reached directly.
    public String words(URI address) {
        Proxy proxy = select(address).getFirst();
        return proxy.address() instanceof InetSocketAddress place
                ? " through the proxy " + place.getHostString() + ":" + place.getPort()
                : "";
    }

    /// Returns who answers when a proxy asks for a password; empty if the settings have none.
    public Optional<Authenticator> authenticator(URI address) {
        Optional<EnvironmentProxy> known =
                setting(address).filter(proxy -> !proxy.password().isEmpty());
        // Java sends no password through a tunnel unless it is told to; whoever writes one into the
        // setting wants it sent.
        known.filter(_ -> System.getProperty(TUNNELING) == null)
                .ifPresent(_ -> System.setProperty(TUNNELING, ""));
        return known.map(Password::new);
    }

    private static Optional<Proxy> property(URI address) {
        return Optional.ofNullable(ProxySelector.getDefault()).stream()
                .flatMap(selector -> selector.select(address).stream())
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .findFirst();
    }

    /// The JDK's client knows proxies of HTTP only.
    private Optional<EnvironmentProxy> setting(URI address) {
        return EnvironmentProxy.find(address, environment)
                .filter(found -> found.proxy().type() == Proxy.Type.HTTP);
    }

    /// Answers proxies only, with the user and the password of the setting.
    private static final class Password extends Authenticator {
        private final String user;
        private final String password;

        private Password(EnvironmentProxy proxy) {
            user = proxy.user();
            password = proxy.password();
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? new PasswordAuthentication(user, password.toCharArray())
                    : null;
        }
    }
}
