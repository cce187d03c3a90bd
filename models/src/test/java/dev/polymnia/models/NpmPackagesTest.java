package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpmPackagesTest {
    private static final byte[] CONTENT = "library".getBytes(UTF_8);

    @TempDir private Path folder;
    private FakeProgram programs;
    private Path archive;
    private Path target;
    private final RecordingProgress progress = new RecordingProgress();

    @BeforeEach
    void putAPackageIntoTheRegistry() throws IOException {
        programs = new FakeProgram(folder.resolve("bin"));
        archive = folder.resolve("lib-1.0.0.tgz");
        target = folder.resolve("libraries").resolve("lib");
        Archives.tgz(archive, tar -> Archives.add(tar, "package/bins/lib.so", CONTENT));
        programs.write(
                "npm",
                """
                [ "$1 $2 $3" = 'pack @scope/lib@1.0.0 --pack-destination' ] || exit 9
                cp '%s' "$4/"
                """
                        .formatted(archive));
    }

    @Test
    void unpacks_what_has_the_right_digest() throws IOException {
        Path unpacked = unpack("sha512-" + Archives.sha512(archive), new Cancellation());

        assertThat(unpacked).isEqualTo(target);
        assertThat(target.resolve("package/bins/lib.so")).hasBinaryContent(CONTENT);
        assertThat(progress.told()).containsExactly("begin @scope/lib 1.0.0 0", "done 7");
        assertThat(left()).containsExactly("lib");
    }

    @Test
    void what_a_killed_fetch_left_is_no_hindrance() throws IOException {
        Path left = folder.resolve("libraries/.lib.fetch-123/half");
        Files.createDirectories(left);

        unpack("sha512-" + Archives.sha512(archive), new Cancellation());

        assertThat(left()).containsExactly("lib");
    }

    @Test
    void what_is_unpacked_is_taken_as_it_is() throws IOException {
        unpack(Archives.sha512(archive), new Cancellation());
        Files.delete(programs.folder().resolve("npm"));

        assertThat(unpack("anything", new Cancellation())).isEqualTo(target);
    }

    @Test
    void another_digest_is_corrupt_and_not_unpacked() {
        assertFails("sha512-AAAA", Fault.Code.CORRUPT, "instead of sha512-AAAA");
    }

    @Test
    void npms_own_words_are_in_the_message() throws IOException {
        programs.write("npm", "echo 'E404 not found' >&2; exit 1");

        assertFails("", Fault.Code.UNAVAILABLE, "npm ended with 1: E404 not found");
    }

    @Test
    void npm_without_a_package_is_unavailable() throws IOException {
        programs.write("npm", "");

        assertFails("", Fault.Code.UNAVAILABLE, "left no .tgz");
    }

    @Test
    void a_machine_without_npm_is_told() throws IOException {
        Files.delete(programs.folder().resolve("npm"));

        assertFails("", Fault.Code.UNAVAILABLE, "Found no npm on the PATH");
    }

    @Test
    void paths_that_lead_out_of_the_folder_are_refused() throws IOException {
        for (String name : List.of("../evil", "package/../../evil", "/evil", "package/../..")) {
            Archives.tgz(archive, tar -> Archives.add(tar, name, CONTENT));

            assertFails(Archives.sha512(archive), Fault.Code.CORRUPT, "leads out of the folder");
        }
        assertThat(folder.resolve("libraries").resolve("evil")).doesNotExist();
    }

    @Test
    void links_and_devices_are_refused() throws IOException {
        for (byte kind :
                List.of(TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO)) {
            Archives.tgz(archive, tar -> Archives.addLink(tar, "package/x", "/etc", kind));

            assertFails(Archives.sha512(archive), Fault.Code.CORRUPT, "neither a file nor");
        }
    }

    @Test
    void truncated_and_foreign_archives_are_corrupt() throws IOException {
        byte[] whole = Files.readAllBytes(archive);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(archive, Arrays.copyOf(whole, length));

            assertFails(Archives.sha512(archive), Fault.Code.CORRUPT, "cannot be unpacked");
        }
        Archives.tgz(archive, tar -> {});
        assertFails(Archives.sha512(archive), Fault.Code.CORRUPT, "it is empty");
    }

    @Test
    void too_many_files_are_refused() throws IOException {
        Archives.tgz(
                archive,
                tar -> {
                    for (int i = 0; i <= Unpacker.MAX_ENTRIES; i++) {
                        Archives.add(tar, "package/" + i, new byte[0]);
                    }
                });

        assertFails(Archives.sha512(archive), Fault.Code.CORRUPT, "more than 10000 files");
    }

    @Test
    void a_place_that_cannot_be_written_is_told() throws IOException {
        Files.writeString(folder.resolve("libraries"), "in the way");

        Fault fault = catchThrowableOfType(Fault.class, () -> unpack("", new Cancellation()));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(fault.getMessage()).contains("POLYMNIA_HOME");
    }

    @Test
    void cancellation_ends_npm_and_leaves_nothing() throws Exception {
        Path pipe = programs.writeEndless("npm");
        Cancellation cancellation = new Cancellation();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Path> unpacking = executor.submit(() -> unpack("", cancellation));
            Files.readString(pipe);
            cancellation.request();

            assertThat(catchThrowableOfType(ExecutionException.class, unpacking::get))
                    .cause()
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED));
        }
        assertThat(left()).isEmpty();
    }

    private Path unpack(String integrity, Cancellation cancellation) {
        return new NpmPackages(programs.environment())
                .unpack("@scope/lib", "1.0.0", integrity, target, progress, cancellation);
    }

    private void assertFails(String integrity, Fault.Code code, String words) {
        Fault fault =
                catchThrowableOfType(Fault.class, () -> unpack(integrity, new Cancellation()));

        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.getMessage()).contains(words);
        assertThat(left()).isEmpty();
    }

    private List<String> left() {
        try (Stream<Path> paths = Files.list(folder.resolve("libraries"))) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals(".lib.lock"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
