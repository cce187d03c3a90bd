package dev.polymnia.models;

import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.Proxies;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The model hub that this machine uses, and how it is reached. Immutable.
///
/// @param base its address, without a slash at the end
/// @param token proves who asks; sent to this address only, and never shown
/// @param proxies the way there
record Hub(URI base, Optional<String> token, Proxies proxies) {
    /// The settings are those of the hub's own client.
    private static final String ENDPOINT = "HF_ENDPOINT";

    private static final String TOKEN = "HF_TOKEN";
    private static final String PUBLIC_HUB = "https://huggingface.co";

    /// Returns the hub that an environment names, or the public one.
    ///
    /// @throws Fault with `INVALID` if its address cannot be used
    static Hub of(Map<String, String> environment) {
        String text = environment.getOrDefault(ENDPOINT, "").strip();
        String token = environment.getOrDefault(TOKEN, "").strip();
        return new Hub(
                address(text.isEmpty() ? PUBLIC_HUB : text),
                Optional.of(token).filter(each -> !each.isEmpty()),
                Proxies.of(environment));
    }

    /// Returns the address of a file.
    URI address(Source.Hub source) {
        return URI.create(
                "%s/%s/resolve/%s/%s"
                        .formatted(base, source.repository(), source.revision(), source.file()));
    }

    /// Returns whether an address belongs to the hub itself, so that it may see the token.
    boolean owns(URI address) {
        return base.getScheme().equalsIgnoreCase(address.getScheme())
                && base.getHost().equalsIgnoreCase(address.getHost())
                && base.getPort() == address.getPort();
    }

    /// Returns whether an address is safe to ask: encrypted, or on this machine.
    static boolean isSafe(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost());
        return scheme.equals("https") || (scheme.equals("http") && isLoopback(host));
    }

    @Override
    public String toString() {
        return "Hub[" + base + "]";
    }

    private static URI address(String text) {
        try {
            URI base = URI.create(text.replaceAll("/+$", ""));
            if (base.getHost() != null && base.getUserInfo() == null && isSafe(base)) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            throw new Fault(Fault.Code.INVALID, wrong(text), e);
        }
        throw new Fault(Fault.Code.INVALID, wrong(text));
    }

    private static String wrong(String text) {
        return ENDPOINT
                + " is '"
                + text.replaceFirst("//[^/@]*@", "//…@")
                + "', which is not the https address of a model hub. Set it to one, or unset it for"
                + " "
                + PUBLIC_HUB
                + ".";
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            // Numbers only: a name must not be looked up for this.
            return host.matches("[0-9.]+|\\[.*]")
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
