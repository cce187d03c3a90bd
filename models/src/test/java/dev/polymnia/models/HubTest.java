package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.Proxies;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the hub is, and the way there.
final class HubTest {
    private static final URI HUB = URI.create("https://hub.example/x");

    @Test
    void the_address_is_that_of_the_hubs_own_client() {
        Source.Hub source = new Source.Hub("owner/name", "0".repeat(40), "a/b.gguf");

        assertThat(Hub.of(Map.of()).address(source))
                .hasToString(
                        "https://huggingface.co/owner/name/resolve/"
                                + "0".repeat(40)
                                + "/a/b.gguf");
        assertThat(Hub.of(Map.of("HF_ENDPOINT", "https://mirror.example/hub/")).address(source))
                .hasToString(
                        "https://mirror.example/hub/owner/name/resolve/"
                                + "0".repeat(40)
                                + "/a/b.gguf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hub.example",
                "hub.example",
                "https://",
                "https://me:secret@hub.example",
                "ftp://localhost",
                "http://localhost.example",
                "http://127.0.0.1.example",
                "::"
            })
    void an_address_that_is_not_safe_is_refused(String address) {
        Fault fault =
                catchThrowableOfType(Fault.class, () -> Hub.of(Map.of("HF_ENDPOINT", address)));

        assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
        assertThat(fault.getMessage())
                .contains("HF_ENDPOINT", address.replace("me:secret", "…"))
                .doesNotContain("secret");
    }

    @Test
    void the_token_is_not_shown() {
        assertThat(Hub.of(Map.of("HF_TOKEN", "secret")).toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://proxy.example:3128, proxy.example:3128",
        "https_proxy, proxy.example:1, proxy.example:1",
        "ALL_PROXY, http://proxy.example, proxy.example:80",
        "HTTP_PROXY, http://proxy.example:3128, ''",
        "HTTPS_PROXY, '', ''",
    })
    void proxies_come_from_the_environment(String name, String value, String proxy) {
        assertThat(words(Map.of(name, value))).isEqualTo(proxy);
    }

    @ParameterizedTest
    @CsvSource({
        "hub.example, ''",
        "example, ''",
        ".example, ''",
        "'other.example, *.example', ''",
        "HUB.EXAMPLE:443, ''",
        "*, ''",
        "ub.example, proxy:1",
        "'', proxy:1",
    })
    void some_hosts_need_no_proxy(String exempt, String proxy) {
        assertThat(words(Map.of("HTTPS_PROXY", "http://proxy:1", "NO_PROXY", exempt)))
                .isEqualTo(proxy);
    }

    @Test
    void javas_own_properties_come_first() {
        System.setProperty("https.proxyHost", "property.example");
        System.setProperty("https.proxyPort", "8080");
        try {
            assertThat(words(Map.of("HTTPS_PROXY", "http://proxy:1")))
                    .isEqualTo("property.example:8080");
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
    }

    @Test
    void waits_grow_and_stay_random() {
        BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));
        for (int failures = 1; failures < 100; failures++) {
            long most = Math.min(30_000, 1000L << Math.min(failures - 1, 20));
            assertThat(backOff.before(failures, Duration.ZERO).toMillis())
                    .isBetween(most / 2, most);
        }
        assertThat(backOff.before(1, Duration.ofSeconds(50))).isEqualTo(Duration.ofSeconds(50));
    }

    private static String words(Map<String, String> environment) {
        Proxy proxy = Proxies.of(environment).select(HUB).getFirst();
        return proxy.address() instanceof InetSocketAddress place
                ? place.getHostString() + ":" + place.getPort()
                : "";
    }
}
