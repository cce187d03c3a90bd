package dev.polymnia.llama.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NativeLibrariesTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "libggml-base.so, libggml.v0.5.0.so, libllama.v0.5.0.so, libllama-common.so",
        "libggml-base.so, libggml.cuda.v0.5.0.so, libllama.cuda.v0.5.0.so, libggml-cuda.so",
        "libggml-base.so, libggml.so, libllama.so, libllama.so.0.5.0",
        "libggml-base.so.0, libggml.so.0, libllama.so.0, libllama-common.so.0",
        "libggml-base.dylib, libggml.dylib, libllama.dylib, libggml-metal.dylib",
        "libggml-base.dylib, libggml.metal.v0.5.0.dylib, libllama.0.dylib, libggml-cpu.dylib",
        "ggml-base.dll, ggml.dll, llama.dll, llama-common.dll",
    })
    void are_found_under_the_names_of_all_systems(
            String base, String ggml, String llama, String other) throws IOException {
        for (String file : new String[] {base, ggml, llama, other, "llama-addon.node"}) {
            Files.createFile(folder.resolve(file));
        }
        Files.createDirectory(folder.resolve("llama.so"));
        assertThat(NativeLibraries.in(folder, "cpu", "why", "advice"))
                .isEqualTo(
                        new NativeLibraries(
                                folder,
                                folder.resolve(base),
                                folder.resolve(ggml),
                                folder.resolve(llama),
                                "cpu",
                                "why"));
    }

    @Test
    void are_all_needed() throws IOException {
        Files.createFile(folder.resolve("libllama.so"));
        Files.createFile(folder.resolve("libggml-base.so"));
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> NativeLibraries.in(folder, "cpu", "why", "Do this."))
                .withMessage("The library ggml of llama.cpp is not in " + folder + ". Do this.")
                .extracting(Fault::code)
                .isEqualTo(Fault.Code.UNAVAILABLE);
    }
}
