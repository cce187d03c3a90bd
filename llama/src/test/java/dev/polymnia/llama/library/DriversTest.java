package dev.polymnia.llama.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.llama.library.Platform.Architecture;
import dev.polymnia.llama.library.Platform.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriversTest {
    private static final Platform LINUX = new Platform(Os.LINUX, Architecture.X64);

    @TempDir Path root;

    @Test
    void are_none_on_a_bare_machine() {
        assertThat(Drivers.find(LINUX, root, Map.of())).isEqualTo(Drivers.NONE);
        Platform mac = new Platform(Os.MAC, Architecture.ARM64);
        assertThat(Drivers.find(mac, root, Map.of())).isEqualTo(Drivers.NONE);
    }

    @Test
    void are_found_where_the_loader_looks() throws IOException {
        put("usr/lib/x86_64-linux-gnu/libcuda.so.1");
        assertThat(Drivers.find(LINUX, root, Map.of())).isEqualTo(new Drivers(true, false, false));
        put("opt/toolkit/lib/libcudart.so.13");
        put("opt/toolkit/lib/libcublas.so.13");
        assertThat(Drivers.find(LINUX, root, Map.of())).isEqualTo(new Drivers(true, false, false));
        Files.writeString(
                put("etc/ld.so.conf.d/toolkit.conf"), "# a comment\n  /opt/toolkit/lib \n");
        assertThat(Drivers.find(LINUX, root, Map.of())).isEqualTo(new Drivers(true, true, false));
    }

    @Test
    void are_found_on_the_library_path() throws IOException {
        put("own/libcuda.so.1");
        Map<String, String> environment =
                Map.of("LD_LIBRARY_PATH", "/nowhere::" + root.resolve("own") + ":bad\0path");
        assertThat(Drivers.find(LINUX, root, environment).nvidia()).isTrue();
    }

    @Test
    void need_a_device_for_vulkan() throws IOException {
        put("usr/lib/libvulkan.so.1");
        assertThat(Drivers.find(LINUX, root, Map.of()).vulkan()).isFalse();
        put("dev/dri/renderD128");
        assertThat(Drivers.find(LINUX, root, Map.of()).vulkan()).isTrue();
    }

    @Test
    void are_those_of_the_other_processor_only_there() throws IOException {
        put("usr/lib/aarch64-linux-gnu/libcuda.so.1");
        Platform arm = new Platform(Os.LINUX, Architecture.ARM64);
        assertThat(Drivers.find(arm, root, Map.of()).nvidia()).isTrue();
        assertThat(Drivers.find(LINUX, root, Map.of()).nvidia()).isFalse();
    }

    @Test
    void are_found_on_windows() throws IOException {
        put("Windows/System32/nvcuda.dll");
        put("Windows/System32/vulkan-1.dll");
        put("cuda/cudart64_13.dll");
        put("cuda/cublas64_13.dll");
        Platform windows = new Platform(Os.WINDOWS, Architecture.X64);
        Map<String, String> environment =
                Map.of(
                        "SystemRoot",
                        root.resolve("Windows").toString(),
                        "PATH",
                        "elsewhere;" + root.resolve("cuda"));
        assertThat(Drivers.find(windows, root, environment))
                .isEqualTo(new Drivers(true, true, true));
    }

    private Path put(String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        return Files.createFile(path);
    }
}
