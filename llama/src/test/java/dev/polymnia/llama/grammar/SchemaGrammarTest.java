package dev.polymnia.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaGrammarTest {
    private static final int WALKS = 20;
    private static final int RANDOM_SCHEMAS = 200;

    static List<SchemaCase> written() {
        return SchemaCase.written();
    }

    @ParameterizedTest
    @MethodSource("written")
    void takes_what_meets_the_schema(SchemaCase example) {
        Grammar grammar = SchemaGrammar.compile(example.schema());
        Judge judge = new Judge(example.schema());

        for (String text : example.valid()) {
            assertThat(judge.faults(text)).as(text).isEmpty();
            assertThat(Texts.takes(grammar, text)).as(text).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void does_not_take_what_does_not_meet_the_schema(SchemaCase example) {
        Grammar grammar = SchemaGrammar.compile(example.schema());

        for (String text : example.invalid()) {
            assertThat(Texts.takes(grammar, text)).as(text).isFalse();
        }
        for (String text : example.refused()) {
            assertThat(Texts.takes(grammar, text)).as(text).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void random_walks_end_in_json_that_meets_the_schema(SchemaCase example) {
        assertThat(walk(example.schema(), example.name().hashCode())).isGreaterThan(WALKS / 2);
    }

    @Test
    void random_walks_through_random_schemas_end_in_json_that_meets_them() {
        int ended = 0;
        for (int seed = 0; seed < RANDOM_SCHEMAS; seed++) {
            ended += walk(new RandomSchema(seed).text(), seed);
        }
        assertThat(ended).isGreaterThan(RANDOM_SCHEMAS * WALKS * 9 / 10);
    }

    private static int walk(String schema, long seed) {
        Judge judge = new Judge(schema);
        RandomWalk walk = new RandomWalk(seed);
        Constrainer start = new Constrainer(SchemaGrammar.compile(schema), walk.trie());
        int ended = 0;
        for (int i = 0; i < WALKS; i++) {
            Optional<String> text = walk.write(start);
            text.ifPresent(
                    each -> assertThat(judge.faults(each)).as("%s for %s", each, schema).isEmpty());
            ended += text.isPresent() ? 1 : 0;
        }
        return ended;
    }
}
