package dev.polymnia.models.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Compares the interpreter with what `transformers` makes of the same templates.
final class ReferenceTemplatesTest {
    private static final int REFERENCE_CASES = 1224;
    private static final int FIXTURE_CASES = 20;

    @Test
    void the_committed_templates_render_as_transformers_renders_them() throws URISyntaxException {
        assertThat(agreeing(committedFolder())).isEqualTo(FIXTURE_CASES);
    }

    @Test
    void the_published_templates_render_as_transformers_renders_them() throws URISyntaxException {
        Optional<Path> published = referenceFolder();
        int cases = published.isPresent() ? REFERENCE_CASES : FIXTURE_CASES;
        assertThat(agreeing(published.orElse(committedFolder()))).isEqualTo(cases);
    }

    private static Path committedFolder() throws URISyntaxException {
        URL cases = ReferenceTemplatesTest.class.getResource("cases.json");
        return Path.of(Objects.requireNonNull(cases).toURI()).resolveSibling("");
    }

    private static int agreeing(Path folder) {
        List<TemplateCase> cases = TemplateCase.read(folder);
        assertThat(cases)
                .allSatisfy(each -> assertThat(each.disagreement()).as(each.name()).isNull());
        return cases.size();
    }

    private static Optional<Path> referenceFolder() {
        String data = System.getProperty("polymnia.data");
        if (data != null) {
            return Optional.of(Path.of(data, "chat-templates"));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/data/chat-templates");
            if (Files.isRegularFile(folder.resolve("cases.json"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }
}
