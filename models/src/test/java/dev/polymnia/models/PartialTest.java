package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartialTest {
    private static final int SECURE = 100;

    @TempDir private Path folder;
    private StoreFixture fixture;
    private byte[] file = new byte[0];
    private Path target = Path.of("");

    @BeforeEach
    void nameTheFile() throws IOException {
        fixture = new StoreFixture(folder, 5, 1000);
        file = fixture.file();
        target = fixture.target();
        CacheFolder.create(fixture.cache().models());
    }

    @Test
    void what_was_closed_is_here_again() {
        write(0, 333);

        try (Partial partial = open()) {
            assertThat(partial.length()).isEqualTo(333);
            assertThat(partial.missing()).isEqualTo(667);
            partial.append(file, 333, 667);
            assertThat(partial.isRight()).isTrue();
            partial.finish();
        }
        assertThat(target).hasBinaryContent(file);
        assertThat(fixture.left()).containsExactly("tiny.gguf");
    }

    @Test
    void nothing_leaves_nothing() {
        write(0, 0);

        assertThat(fixture.left()).isEmpty();
    }

    @Test
    void a_crash_at_any_byte_of_the_journal_loses_at_most_what_it_did_not_vouch_for()
            throws IOException {
        write(0, 950);
        byte[] journal = Files.readAllBytes(journal());
        byte[] part = Files.readAllBytes(part());
        for (int cut = 0; cut <= journal.length; cut++) {
            Files.write(journal(), Arrays.copyOf(journal, cut));
            Files.write(part(), part);
            try (Partial partial = open()) {
                assertThat(partial.length()).isIn(0L, 950L);
                assertThat(partial.length()).isEqualTo(cut < journal.length ? 0 : 950);
            }
        }
    }

    @Test
    void a_crash_at_any_byte_of_the_file_goes_on_from_the_last_note() throws IOException {
        try (Partial partial = open()) {
            for (int i = 0; i < 9; i++) {
                partial.append(file, i * 100, 100);
            }
        }
        byte[] journal = Files.readAllBytes(journal());
        for (int length : new int[] {900, 901, 950, 1000}) {
            Files.write(journal(), journal);
            Files.write(part(), Arrays.copyOf(file, length));
            try (Partial partial = open()) {
                assertThat(partial.length()).isEqualTo(900);
            }
            assertThat(part()).hasSize(900);
        }
        Files.write(part(), Arrays.copyOf(file, 899));
        try (Partial partial = open()) {
            assertThat(partial.length()).isZero();
        }
    }

    @Test
    void a_changed_byte_is_seen() throws IOException {
        write(0, 950);
        byte[] part = Files.readAllBytes(part());
        part[500] ^= 1;
        Files.write(part(), part);

        try (Partial partial = open()) {
            assertThat(partial.length()).isZero();
        }
    }

    @Test
    void another_version_of_the_file_begins_anew() {
        write(0, 950);
        CatalogueEntry other =
                StoreFixture.entry(file.length, "b".repeat(64), fixture.fromIndex().sources());

        try (Partial partial =
                Partial.open(other, target, SECURE, Progress.NONE, new Cancellation())) {
            assertThat(partial.length()).isZero();
        }
    }

    @Test
    void a_torn_line_is_dropped_and_the_next_is_whole() throws IOException {
        write(0, 300);
        Files.writeString(journal(), "length 99", StandardOpenOption.APPEND);
        write(300, 100);

        try (Partial partial = open()) {
            assertThat(partial.length()).isEqualTo(400);
        }
    }

    @Test
    void the_validator_is_kept_with_the_bytes() {
        try (Partial partial = open()) {
            partial.validator("\"an etag with words\"");
            partial.append(file, 0, 10);
        }
        try (Partial partial = open()) {
            assertThat(partial.validator()).contains("\"an etag with words\"");
            partial.discard();
            assertThat(partial.validator()).isEmpty();
        }
    }

    @Test
    void a_cancelled_look_at_what_is_here_keeps_it() {
        write(0, 500);
        Cancellation cancellation = new Cancellation();
        cancellation.request();

        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () ->
                                Partial.open(
                                        fixture.fromIndex(),
                                        target,
                                        SECURE,
                                        Progress.NONE,
                                        cancellation));

        assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED);
        try (Partial partial = open()) {
            assertThat(partial.length()).isEqualTo(500);
        }
    }

    private void write(int from, int count) {
        try (Partial partial = open()) {
            assertThat(partial.length()).isEqualTo(from);
            partial.append(file, from, count);
        }
    }

    private Partial open() {
        return Partial.open(fixture.fromIndex(), target, SECURE, Progress.NONE, new Cancellation());
    }

    private Path part() {
        return target.resolveSibling(".tiny.gguf.part");
    }

    private Path journal() {
        return target.resolveSibling(".tiny.gguf.journal");
    }
}
