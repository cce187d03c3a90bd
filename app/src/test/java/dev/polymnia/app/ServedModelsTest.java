package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which of the models writes titles.
final class ServedModelsTest {
    private static String titles(BranchingModel large, BranchingModel small, String said) {
        Configuration configuration =
                Configuration.read(null, Map.of("POLYMNIA_MODELS_TITLES", said));
        return ServedModels.of(List.of(large, small), small, configuration, () -> {}).titles();
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
        try (ScriptedModel large = ScriptedModel.of((_, _) -> Reply.of("31"));
                ScriptedModel small = named("small")) {
            assertThat(titles(large, small, "")).isEqualTo("small");
            assertThat(titles(large, small, large.info().name())).isEqualTo(large.info().name());
            assertThat(titles(large, small, "off")).isEmpty();
            assertThatThrownBy(() -> titles(large, small, "none"))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                    .hasMessageContaining("models.titles is none")
                    .hasMessageContaining("small");
        }
    }
}
