package dev.polymnia.llama.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polymnia.core.Fault;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x64",
        "Linux, aarch64, linux-arm64",
        "Mac OS X, aarch64, mac-arm64",
        "Mac OS X, x86_64, mac-x64",
        "Windows 11, amd64, win-x64",
        "Windows Server 2025, aarch64, win-arm64",
    })
    void is_named_as_the_packages_are(String os, String processor, String name) {
        assertThat(Platform.of(properties(os, processor))).hasToString(name);
    }

    @ParameterizedTest
    @CsvSource({"Linux, arm", "Linux, riscv64", "FreeBSD, amd64", "Linux, i386"})
    void tells_the_way_out_where_it_is_not_known(String os, String processor) {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> Platform.of(properties(os, processor)))
                .withMessageContainingAll(os + " on " + processor, "POLYMNIA_LLAMA_HOME")
                .extracting(Fault::code)
                .isEqualTo(Fault.Code.UNSUPPORTED);
    }

    @Test
    void is_not_known_when_the_system_does_not_tell() {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> Platform.of(new Properties()))
                .withMessageContaining("an unknown system on an unknown processor");
    }

    static Properties properties(String os, String processor) {
        Properties properties = new Properties();
        properties.setProperty("os.name", os);
        properties.setProperty("os.arch", processor);
        return properties;
    }
}
