package dev.polymnia.llama.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polymnia.core.Fault;
import dev.polymnia.llama.library.Platform.Architecture;
import dev.polymnia.llama.library.Platform.Os;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceChoiceTest {
    @ParameterizedTest
    @CsvSource({
        // platform, NVIDIA driver, CUDA 13, Vulkan, package, a word of the reason
        "LINUX, X64, false, false, false, linux-x64, no graphics device",
        "LINUX, X64, true, true, true, linux-x64-cuda, NVIDIA",
        "LINUX, X64, true, false, true, linux-x64-vulkan, libraries of CUDA 13 are not",
        "LINUX, X64, true, false, false, linux-x64, libraries of CUDA 13 are not",
        "LINUX, X64, false, true, true, linux-x64-vulkan, Vulkan loader",
        "LINUX, ARM64, true, true, true, linux-arm64, no graphics device",
        "MAC, ARM64, false, false, false, mac-arm64-metal, Apple silicon",
        "MAC, X64, false, false, false, mac-x64, no graphics device",
        "WINDOWS, X64, true, true, true, win-x64-cuda, NVIDIA",
        "WINDOWS, ARM64, false, false, true, win-arm64, no graphics device",
    })
    void follows_from_the_machine(
            Os os,
            Architecture architecture,
            boolean nvidia,
            boolean cuda,
            boolean vulkan,
            String name,
            String reason) {
        DeviceChoice choice =
                DeviceChoice.of(
                        new Platform(os, architecture),
                        new Drivers(nvidia, cuda, vulkan),
                        packages(),
                        Map.of());
        assertThat(choice.packageName()).isEqualTo(name);
        assertThat(choice.why()).contains(reason);
    }

    private static LlamaPackages packages() {
        Map<String, String> integrities = new TreeMap<>();
        for (String name :
                "linux-x64 linux-x64-cuda linux-x64-vulkan linux-arm64 mac-arm64-metal mac-x64"
                        .split(" ", -1)) {
            integrities.put(name, "sha512-");
        }
        for (String name : "win-x64 win-x64-cuda win-x64-vulkan win-arm64".split(" ", -1)) {
            integrities.put(name, "sha512-");
        }
        return new LlamaPackages("v0.5.0", "3.22.1", integrities);
    }

    @ParameterizedTest
    @CsvSource({
        "LINUX, X64, cpu, linux-x64",
        "LINUX, X64, ' CUDA ', linux-x64-cuda",
        "LINUX, X64, vulkan, linux-x64-vulkan",
        "MAC, ARM64, metal, mac-arm64-metal",
        "MAC, ARM64, cpu, mac-arm64-metal",
    })
    void follows_the_wish(Os os, Architecture architecture, String wish, String name) {
        DeviceChoice choice = wish(new Platform(os, architecture), wish);
        assertThat(choice.packageName()).isEqualTo(name);
        assertThat(choice.device().label()).isEqualTo(wish.strip().toLowerCase(Locale.ROOT));
        assertThat(choice.why()).contains("POLYMNIA_DEVICE");
    }

    private static DeviceChoice wish(Platform platform, String wish) {
        return DeviceChoice.of(platform, Drivers.NONE, packages(), Map.of("POLYMNIA_DEVICE", wish));
    }

    @Test
    void refuses_a_wish_that_cannot_be_met() {
        Platform linux = new Platform(Os.LINUX, Architecture.X64);
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> wish(linux, "metal"))
                .withMessageContainingAll("linux-x64 with metal", "POLYMNIA_LLAMA_HOME")
                .extracting(Fault::code)
                .isEqualTo(Fault.Code.UNSUPPORTED);
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> wish(linux, "gpu"))
                .withMessageContainingAll("'gpu'", "cpu, cuda, vulkan or metal")
                .extracting(Fault::code)
                .isEqualTo(Fault.Code.INVALID);
    }

    @Test
    void has_nothing_where_no_package_is_pinned() {
        LlamaPackages none = new LlamaPackages("v0.5.0", "3.22.1", Map.of());
        Platform mac = new Platform(Os.MAC, Architecture.ARM64);
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> DeviceChoice.of(mac, Drivers.NONE, none, Map.of()))
                .withMessageContainingAll("mac-arm64", "POLYMNIA_LLAMA_HOME")
                .extracting(Fault::code)
                .isEqualTo(Fault.Code.UNSUPPORTED);
    }

    @Test
    void knows_whole_digests_of_the_pinned_packages() {
        LlamaPackages pinned = LlamaPackages.load();
        assertThat(pinned.llama()).isEqualTo("v0.5.0");
        assertThat(pinned.integrities())
                .containsKeys("linux-x64", "linux-x64-cuda", "linux-x64-vulkan", "linux-arm64");
        pinned.integrities()
                .values()
                .forEach(integrity -> {
                    assertThat(integrity).startsWith("sha512-");
                    String digest = integrity.substring("sha512-".length());
                    assertThat(Base64.getDecoder().decode(digest)).hasSize(64);
                });
    }
}
