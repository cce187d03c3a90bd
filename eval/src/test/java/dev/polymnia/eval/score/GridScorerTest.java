package dev.polymnia.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import dev.polymnia.testkit.HostileTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GridScorerTest {
    /// Answers and the grid that is read in them; nothing if there is none that can be read.
    private static final String FOUND =
            """
            [[0,7],[7,7]]                                                  => [[0,7],[7,7]]
            Answer: [[0, 7], [7, 7]]                                       => [[0,7],[7,7]]
            **Answer:** `[[0, 7], [7, 7]]`.                                => [[0,7],[7,7]]
            [⏎  [0, 7],⏎  [7, 7]⏎]                                         => [[0,7],[7,7]]
            [[0, 7],⏎ [7, 7]]                                              => [[0,7],[7,7]]
            ```json⏎[[0, 7], [7, 7]]⏎```                                   => [[0,7],[7,7]]
            ```python⏎grid = [[0, 7], [7, 7]]⏎print(grid)⏎```              => [[0,7],[7,7]]
            np.array([[0, 7], [7, 7]])                                     => [[0,7],[7,7]]
            [[0 7]⏎ [7 7]]                                                 => [[0,7],[7,7]]
            [[0, 7,], [7, 7,],]                                            => [[0,7],[7,7]]
            {"output": [[0, 7], [7, 7]]}                                   => [[0,7],[7,7]]
            [[[0, 7], [7, 7]]]                                             => [[0,7],[7,7]]
            [[[1]], [[0, 7], [7, 7]]]                                      => [[0,7],[7,7]]
            \\boxed{[[0,7],[7,7]]}                                         => [[0,7],[7,7]]
            Not [[1,1],[1,1]] but [[0,7],[7,7]] it is.                     => [[0,7],[7,7]]
            [[0,7],[7,7]], as [0] says                                     => [[0,7],[7,7]]
            0 7⏎7 7                                                        => [[0,7],[7,7]]
            Answer:⏎0 7⏎7 7                                                => [[0,7],[7,7]]
            Answer: 0 7⏎7 7                                                => [[0,7],[7,7]]
            **Answer:** 0 7⏎7 7                                            => [[0,7],[7,7]]
            Output grid =⏎0,7⏎7,7                                          => [[0,7],[7,7]]
            ```⏎0 7⏎7 7⏎```                                                => [[0,7],[7,7]]
            ```text⏎0, 7⏎7, 7⏎```⏎That is all.                             => [[0,7],[7,7]]
            ~~~⏎0\t7⏎7\t7⏎~~~                                              => [[0,7],[7,7]]
              0  7  ⏎  7  7                                                => [[0,7],[7,7]]
            > 0 7⏎> 7 7                                                    => [[0,7],[7,7]]
            [0, 7]⏎[7, 7]                                                  => [[0,7],[7,7]]
            [0, 7],⏎[7, 7],                                                => [[0,7],[7,7]]
            0 7⏎7 7⏎⏎It took 3 steps and 2 tries.                          => [[0,7],[7,7]]
            1 1⏎1 1⏎⏎0 7⏎7 7                                               => [[0,7],[7,7]]
            0 7⏎7 7⏎⏎3                                                     => [[0,7],[7,7]]
            0 7⏎7 7⏎Output size: 2 2                                       => [[0,7],[7,7]]
            Input: [[1,2]]⏎Output:⏎0 7⏎7 7                                 => [[0,7],[7,7]]
            Input:⏎1 2⏎Output: [[0,7],[7,7]]                               => [[0,7],[7,7]]
            [[3]]                                                          => [[3]]
            3                                                              => [[3]]
            Answer: 3                                                      => [[3]]
            [[1,1],[1,1]] becomes [[3]]                                    => [[3]]
            1⏎2⏎3                                                          => [[1],[2],[3]]
            Answer: 1 2 3                                                  => [[1,2,3]]
            10 11⏎12 13                                                    => [[10,11],[12,13]]
            0 7⏎⏎7 7                                                       => [[7,7]]
            [[1,1],[1,1]]⏎[[0,7],[7                                        =>
            [[1,1],[1,1]]⏎[[0,7],[7,7]                                     =>
            [[0,7],[7,7],...]                                              =>
            [[0,7],[7,x]]                                                  =>
            [[0,7],[7,7.0]]                                                =>
            [[0,7],[7,-7]]                                                 =>
            [["0","7"],["7","7"]]                                          =>
            [[0,7],[7]]                                                    =>
            [[0,7],[]]                                                     =>
            [[0,1234],[7,7]]                                               =>
            0 7⏎7                                                          =>
            0 7⏎7 7⏎7                                                      =>
            0 7⏎7 seven                                                    => [[0,7]]
            07⏎77                                                          => [[7],[77]]
            | 0 | 7 |⏎| 7 | 7 |                                            =>
            1. 0 7⏎2. 7 7                                                  =>
            There are 2 rows of 2 cells.                                   =>
            []                                                             =>
            [[]]                                                           =>
            [[a]]                                                          =>
            """;

    static List<Arguments> found() {
        return Rows.of(FOUND);
    }

    @ParameterizedTest
    @MethodSource("found")
    void the_last_grid_is_found(String answer, String expected) {
        assertThat(Grids.read(answer).map(Grid::toString).orElse("")).isEqualTo(expected);
    }

    private static final String VERDICTS =
            """
            [[0,7],[7,7]] | Answer: [[0, 7], [7, 7]]                         => right
            [[0,7],[7,7]] | 0 7⏎7 7                                          => right
            0 7⏎7 7       | [[0,7],[7,7]]                                    => right
            [[0,7],[7,7]] | [[7,7],[7,0]]                                    => wrong
            [[0,7],[7,7]] | [[0,7],[7,7],[7,7]]                              => wrong
            [[0,7],[7,7]] | [[0,7,0],[7,7,0]]                                => wrong
            [[0,7],[7,7]] | [[0,7,7,7]]                                      => wrong
            [[0,7,7]]     | [[0],[7],[7]]                                    => wrong
            [[0,7],[7,7]] | [[0,7],[7,7]]⏎No, wait: [[0,0],[7,7]]            => wrong
            [[0,7],[7,7]] | [[0,0],[7,7]]⏎No, wait: [[0,7],[7,7]]            => right
            [[0,7],[7,7]] | [[0,7],[7,7]] and then [[0,7],[7,                => wrong
            [[0,7],[7,7]] | <think>[[0,7],[7,7]]</think>I cannot tell.       => wrong
            [[0,7],[7,7]] | <think>[[1,1]]</think>[[0,7],[7,7]]              => right
            [[0,7],[7,7]] | [[1,1]]</think>⏎0 7⏎7 7                          => right
            [[0,7],[7,7]] | <think>[[0,7],[7,7]]                             => wrong
            [[0,7],[7,7]] |                                                  => wrong
            [[3]]         | Answer: 3                                        => right
            [[3]]         | It is 3 x 3.                                     => wrong
            """;

    static List<Arguments> verdicts() {
        return Rows.verdicts(VERDICTS);
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void shape_and_every_cell_are_compared(String target, String answer, boolean right) {
        Score score = Scorers.named("grid", null).score(Rows.answer(target), answer);

        assertThat(score.value()).isEqualTo(right ? 1 : 0);
        assertThat(score.explanation().isEmpty()).isEqualTo(right);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[0,7],[0,0]]: 2 of 4 cells differ",
                "[[0,7]]: it is 1 x 2 and not 2 x 2",
                "[[0,7],[7]]: the rows of the last grid differ in length",
                "[[0,7],[7: the last grid is cut short or holds more than whole numbers",
                "no: no grid was found",
            })
    void what_is_wrong_is_told(String row) {
        String answer = row.substring(0, row.indexOf(": "));
        Score score = Scorers.named("grid", null).score(Rows.answer("[[0,7],[7,7]]"), answer);

        assertThat(score.explanation()).isEqualTo(row.substring(row.indexOf(": ") + 2));
        assertThat(score.value()).isZero();
    }

    @Test
    void one_of_several_accepted_grids_is_enough() {
        Target target = new Target.Answers(List.of("[[1]]", "[[0,7],[7,7]]"));

        Score score = Scorers.named("grid", null).score(Rows.sample(target), "0 7\n7 7");

        assertThat(score).isEqualTo(Score.of(true, "[[0,7],[7,7]]", ""));
    }

    @Test
    void the_largest_grid_of_arc_is_read_in_every_form() {
        List<List<Integer>> rows =
                IntStream.range(0, 30)
                        .mapToObj(row ->
                                IntStream.range(0, 30)
                                        .mapToObj(column -> (row * column) % 10)
                                        .toList())
                        .toList();
        Grid grid = new Grid(rows);
        String lines = grid.toString().replace("],[", "\n").replace("[", "").replace("]", "");

        assertThat(Grids.read("Answer: " + grid)).hasValue(grid);
        assertThat(Grids.read("Answer:\n" + lines)).hasValue(grid);
        assertThat(Grids.read("```\n" + lines.replace(',', ' ') + "\n```")).hasValue(grid);
    }

    static List<String> hostile() {
        List<String> answers = new ArrayList<>(HostileTexts.all());
        for (String part :
                List.of(
                        "[[",
                        "[[1]",
                        "[[1,",
                        "[[1],",
                        "[1,2]\n",
                        "[ ",
                        "[\n",
                        "1\n",
                        "1 2\n3\n",
                        "grid: ")) {
            answers.add(part.repeat(100_000 / part.length()));
        }
        return answers;
    }

    @Timeout(60) // what a pattern that backtracks would take for ever for
    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void no_answer_breaks_it(String answer) {
        Score score = Scorers.named("grid", null).score(Rows.answer("[[0,7],[7,7]]"), answer);

        assertThat(score.value()).isZero();
        assertThat(score.explanation()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "[[1,2],[3]]", "[[1,2]", ""})
    void a_target_that_is_no_grid_is_a_fault(String target) {
        assertThatThrownBy(() -> Scorers.named("grid", null).score(Rows.answer(target), "[[1]]"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("\"" + target + "\" of sample s1");
    }
}
