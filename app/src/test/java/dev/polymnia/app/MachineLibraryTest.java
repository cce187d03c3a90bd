package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.agents.Assistant;
import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelPool;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.Catalogue;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Progress;
import dev.polymnia.server.ModelLibrary;
import dev.polymnia.server.Served;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models that owners choose, with a real one.
final class MachineLibraryTest {
    private static final String NAME = "smollm2-135m";
    private static final CatalogueEntry ENTRY = Catalogue.builtIn().find(NAME);
    private static final long MEMORY = 8_000_000_000L;

    @TempDir private Path folder;
    private Path file;
    private Backend backend;
    private ChosenModels chosen;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void bringAModel() throws IOException {
        Path own = ModelStore.ofThisMachine().fetch(ENTRY, Progress.NONE, new Cancellation());
        CacheFolder cache = new CacheFolder(folder, Optional.empty());
        file = Files.createDirectories(cache.models()).resolve(ENTRY.file());
        Files.copy(own, file);
        backend =
                new Backend(
                        FakeConsole.of("").console(),
                        new ModelStore(cache, Catalogue.builtIn(), Map.of()));
        chosen = new ChosenModels(folder.resolve("data").resolve("models"));
    }

    private MachineLibrary library(ModelPool pool) {
        return new MachineLibrary(
                backend,
                new Machine(MEMORY, "cpu"),
                pool,
                List.of(),
                chosen,
                model -> new Served(new Assistant(model, Clock.SYSTEM), model.info()));
    }

    private List<String> atStart() {
        try (ModelPool pool = new ModelPool(MEMORY)) {
            List<BranchingModel> all =
                    new BackendOptions()
                            .openAll(
                                    pool,
                                    backend,
                                    Set.of(),
                                    chosen,
                                    warnings::add,
                                    new Cancellation());
            return all.stream().map(model -> model.info().name()).toList();
        }
    }

    @Test
    void the_catalogue_is_offered_with_what_is_here_and_what_hinders() {
        try (ModelPool pool = new ModelPool(MEMORY)) {
            List<ModelLibrary.Offer> offers = library(pool).offers();

            assertThat(offers)
                    .filteredOn(ModelLibrary.Offer::isHere)
                    .singleElement()
                    .satisfies(offer -> {
                        assertThat(offer.name()).isEqualTo(NAME);
                        assertThat(offer.hereBytes()).isEqualTo(ENTRY.bytes());
                        assertThat(offer.hindrance()).isEmpty();
                        assertThat(offer.licence()).isEqualTo("Apache-2.0");
                    });
            assertThat(offers)
                    .filteredOn(ModelLibrary.Offer::isUsual)
                    .extracting(ModelLibrary.Offer::name)
                    .containsExactly(Catalogue.builtIn().defaultEntry().name());
            assertThat(offers)
                    .filteredOn(offer -> offer.bytes() > MEMORY)
                    .allSatisfy(offer -> assertThat(offer.hindrance()).isNotEmpty())
                    .anySatisfy(offer -> assertThat(offer.hindrance()).contains("too big"))
                    .anySatisfy(offer -> assertThat(offer.hindrance()).contains("attention"));
        }
    }

    @Test
    void what_is_chosen_answers_after_the_next_start_too_until_it_is_deleted() {
        assertThat(atStart()).isEmpty();
        try (ModelPool pool = new ModelPool(MEMORY)) {
            MachineLibrary library = library(pool);
            List<Long> came = new ArrayList<>();
            library.fetch(NAME, arrivals(came), new Cancellation());
            assertThat(came).isEmpty();

            Served served = library.open(NAME, new Cancellation());
            assertThat(served.model().name()).isEqualTo(NAME);
            assertThat(atStart()).containsExactly(NAME);

            library.remove(NAME);
            assertThat(file).doesNotExist();
            assertThat(atStart()).isEmpty();
        }
    }

    @Test
    void what_was_chosen_and_is_not_here_any_more_is_passed_over() throws IOException {
        chosen.add("qwen2.5-coder-0.5b");
        chosen.add(NAME);
        chosen.add(NAME);
        assertThat(chosen.names()).containsExactly("qwen2.5-coder-0.5b", NAME);
        assertThat(atStart()).containsExactly(NAME);

        Files.delete(file);
        assertThat(atStart()).isEmpty();
    }

    @Test
    void what_was_chosen_and_cannot_be_opened_is_left_out_with_a_warning() throws IOException {
        chosen.add(NAME);
        Files.write(file, new byte[(int) ENTRY.bytes()]);

        assertThat(atStart()).isEmpty();
        assertThat(warnings).singleElement().asString().contains(NAME, chosen.file().toString());
    }

    @Test
    void who_stops_while_a_model_waits_for_room_has_nothing_chosen() throws Exception {
        Cancellation stopped = new Cancellation();
        long room = 2L << 30;
        try (ModelPool pool = new ModelPool(room)) {
            MachineLibrary library = library(pool);
            BranchingModel other =
                    pool.add("other", room, () -> ScriptedModel.of((_, _) -> Reply.of("31")));
            try (Trunk _ = other.open(Prompt.of(Message.user("?")));
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Served> opening = threads.submit(() -> library.open(NAME, stopped));
                stopped.request();
                assertThatThrownBy(opening::get)
                        .cause()
                        .isInstanceOfSatisfying(
                                Fault.class,
                                fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED));
            }
            assertThat(chosen.names()).isEmpty();
            // It is there for who asks again.
            assertThat(library.open(NAME, new Cancellation()).model().name()).isEqualTo(NAME);
        }
    }

    private static ModelLibrary.Arrivals arrivals(List<Long> came) {
        return new ModelLibrary.Arrivals() {
            @Override
            public void here(long bytes, long all) {
                came.add(bytes);
            }

            @Override
            public void note(String words) {}
        };
    }
}
