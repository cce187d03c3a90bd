package dev.polymnia.core.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentProxyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://far.example | HTTP_PROXY=http://p:3128 | p:3128",
                "https://far.example | HTTP_PROXY=http://p:3128 | ''",
                "https://far.example | https_proxy=p:3128 | p:3128",
                "https://far.example | ALL_PROXY=socks5://p | p:1080",
                "https://far.example | HTTPS_PROXY=http://p NO_PROXY=other,.far.example | p:80",
                "https://a.far.example | HTTPS_PROXY=http://p NO_PROXY=far.example | ''",
                "https://a.far.example | HTTPS_PROXY=http://p NO_PROXY=*.far.example | ''",
                "https://far.example | HTTPS_PROXY=http://p no_proxy=* | ''",
                "https://nofar.example | HTTPS_PROXY=http://p NO_PROXY=far.example | p:80",
                "http://localhost:8080 | HTTP_PROXY=http://p NO_PROXY=localhost | ''",
                "https://far.example | https_proxy=p:1 | p:1",
                "https://far.example | HTTPS_PROXY=http://p NO_PROXY=other,far.example:8443 | p:80",
                "https://far.example | HTTPS_PROXY=http://p NO_PROXY=far.example:443 | ''"
            })
    void the_proxy_is_that_of_the_environment(String url, String environment, String expected) {
        Map<String, String> variables = new HashMap<>();
        for (String each : environment.split(" ", -1)) {
            variables.put(each.split("=", 2)[0], each.split("=", 2)[1]);
        }

        assertThat(
                        EnvironmentProxy.find(URI.create(url), variables)
                                .map(proxy -> proxy.shown().replaceAll(" .*", ""))
                                .orElse(""))
                .isEqualTo(expected);
    }

    @Test
    void a_proxy_that_is_none_is_refused_without_its_password() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "ftp://me:secret@p");

        assertThatThrownBy(
                        () -> EnvironmentProxy.find(URI.create("https://far.example"), environment))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }

    @Test
    void words_about_it_leave_the_password_out() {
        EnvironmentProxy proxy =
                EnvironmentProxy.find(
                                URI.create("https://far.example"),
                                Map.of("HTTPS_PROXY", "http://me:secret@p:1"))
                        .orElseThrow();

        assertThat(proxy.password()).isEqualTo("secret");
        assertThat(proxy.toString()).isEqualTo("p:1 (from HTTPS_PROXY)");
    }
}
