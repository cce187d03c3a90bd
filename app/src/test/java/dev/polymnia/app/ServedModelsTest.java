package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelPool;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which of the models writes titles.
final class ServedModelsTest {
    /// Returns what they are called that write titles, of all and one that is chosen later.
    private static List<String> titles(List<BranchingModel> models, String said) {
        Configuration configuration =
                Configuration.read(null, Map.of("POLYMNIA_MODELS_TITLES", said));
        try (ModelPool pool = new ModelPool(9);
                ScriptedModel later = named("later")) {
            List<BranchingModel> all = new ArrayList<>();
            // The last is the smallest.
            long bytes = models.size();
            for (BranchingModel model : models) {
                all.add(pool.add(model.info().name(), bytes--, () -> model));
            }
            ServedModels served = ServedModels.of(all, Optional.of(pool), configuration, () -> {});
            return Stream.concat(all.stream(), Stream.of(later))
                    .filter(served.titles())
                    .map(model -> model.info().name())
                    .toList();
        }
    }

    private static ScriptedModel named(String name) {
        ModelInfo usual = ScriptedModel.defaultInfo();
        return ScriptedModel.of(
                (_, _) -> Reply.of("31"),
                new ModelInfo(
                        name,
                        usual.digest(),
                        usual.contextTokens(),
                        usual.capabilities(),
                        usual.profile()));
    }

    @Test
    void titles_are_written_by_the_smallest_unless_something_is_said() {
        try (ScriptedModel large = named("large");
                ScriptedModel small = named("small")) {
            List<BranchingModel> both = List.of(large, small);
            assertThat(titles(both, "")).containsExactly("small");
            assertThat(titles(both, "large")).containsExactly("large");
            assertThat(titles(both, "off")).isEmpty();
            assertThatThrownBy(() -> titles(both, "none"))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                    .hasMessageContaining("models.titles is none")
                    .hasMessageContaining("small");
        }
    }

    @Test
    void where_there_is_none_yet_the_one_that_is_chosen_writes_titles() {
        assertThat(titles(List.of(), "")).containsExactly("later");
        assertThat(titles(List.of(), "smollm2-135m")).isEmpty();
        assertThat(titles(List.of(), "off")).isEmpty();
    }
}
