package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polymnia.core.Fault;
import dev.polymnia.remote.RemoteOptions;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where endpoints that owners added are kept.
final class EndpointFileTest {
    private static final String KEY = "sk-very-secret-42";
    private static final RemoteOptions NEAR =
            RemoteOptions.of("http://localhost:11434").withModel("near");
    private static final RemoteOptions FAR =
            RemoteOptions.of("https://far.example/api/v2").withModel("a/far \"one\"").withKey(KEY);

    @TempDir private Path folder;
    private EndpointFile file;

    @BeforeEach
    void open() {
        file = new EndpointFile(folder.resolve("data").resolve("endpoints.json"));
    }

    @Test
    void what_is_added_is_read_again_until_it_is_removed() {
        assertThat(file.read()).isEmpty();

        file.add(NEAR);
        file.add(FAR);
        assertThat(file.read()).containsExactly(NEAR, FAR);

        file.remove(NEAR::equals);
        assertThat(new EndpointFile(file.file()).read()).containsExactly(FAR);
        file.remove(FAR::equals);
        assertThat(file.read()).isEmpty();
        assertThat(file.file()).content().doesNotContain(KEY);
    }

    @Test
    void nobody_else_may_read_it_and_nothing_is_left_beside_it() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path fresh = file.file().resolveSibling("endpoints.json.new");
        Files.createDirectories(fresh.getParent());
        Files.writeString(fresh, "of a process that was killed, readable by all");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));

        file.add(FAR);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file())))
                .isEqualTo("rw-------");
        try (Stream<Path> all = Files.list(folder.resolve("data"))) {
            assertThat(all).containsExactly(file.file());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}|no JSON array",
                "[{\"url\": \"http://a\", \"key\": \"sk-very-secret-42\", \"model\": \"m]|line 1",
                "[sk-very-secret-42]|line 1",
                "[{\"model\": \"m\", \"key\": \"sk-very-secret-42\"}]|endpoint 1 has no url",
                "[{\"url\": \"http://a\", \"model\": \"m\"}, {\"url\": \"http://b\"}]|endpoint 2",
                "[{\"url\": \"http://a\", \"model\": \"m\", \"key\": null}]|a key that is none",
                "[{\"url\": \"ftp://a\", \"model\": \"m\"}]|endpoint 1 cannot be: The address",
                "[{\"url\": \"http://me:sk-very-secret-42@a\", \"model\": \"m\"}]|not shown",
            })
    void what_cannot_be_read_is_told_without_its_keys_and_left_as_it_is(String text, String why)
            throws IOException {
        Files.createDirectories(file.file().getParent());
        Files.writeString(file.file(), text);

        assertThatThrownBy(() -> file.add(NEAR))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
                            assertThat(fault.getCause()).isNull();
                        })
                .hasMessageContaining(why)
                .hasMessageContaining(file.file().toString())
                .hasMessageContaining("Correct the file")
                .hasMessageNotContaining(KEY);
        assertThat(file.file()).hasContent(text);
    }
}
