package dev.polymnia.remote;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import java.util.ArrayList;
import java.util.List;

/// What was reserved of a call before it is made, as it cannot be stopped at a token: the most that
/// its prompt can cost, which its answers share, and what each may generate. What is left is shared
/// evenly by the answers: a call has one limit for all of them.
///
/// @param courses those that may be asked for, all with the same number of tokens
/// @param prompt how many tokens of prompt were reserved; 0 if they cost nothing
record Admission(List<Course> courses, long prompt) {
    private static final int CHARACTERS_PER_TOKEN = 3;

    /// Reserves what courses want; ends those that get nothing.
    ///
    /// @param group the courses of one call
    /// @param priced whether the prompt costs something
    static Admission admit(List<Course> group, int contextTokens, boolean priced) {
        Course any = group.getFirst();
        long most = priced ? PromptBound.of(any.request(), any.promptTokens()) : 0;
        long prompt = 0;
        List<Course> admitted = new ArrayList<>();
        for (Course course : group) {
            try {
                StopReason stop = course.stop();
                if (stop != null) {
                    course.end(stop, Usage.NONE);
                } else if (prompt < most && !course.reservePrompt(most)) {
                    course.end(StopReason.BUDGET_TOKENS, Usage.NONE);
                } else {
                    prompt = most;
                    course.reserve(wanted(course, contextTokens));
                    admitted.add(course);
                }
            } catch (Throwable thrown) {
                course.fail(BranchLife.faultOf(thrown), Usage.NONE);
            }
        }
        level(admitted);
        List<Course> poor = admitted.stream().filter(course -> course.granted() == 0).toList();
        admitted.removeAll(poor);
        poor.forEach(course -> course.end(StopReason.BUDGET_TOKENS, Usage.NONE));
        if (admitted.isEmpty() && prompt > 0) {
            any.settleCall(prompt, 0, Usage.NONE);
        }
        return new Admission(admitted, prompt);
    }

    private static int wanted(Course course, int contextTokens) {
        Prompt prompt = course.request().prompt();
        int known = course.promptTokens();
        int read = known > 0 ? known : characters(prompt) / CHARACTERS_PER_TOKEN;
        return Math.min(course.request().options().maxTokens(), Math.max(1, contextTokens - read));
    }

    private static int characters(Prompt prompt) {
        int sum = prompt.beginning().length();
        for (Message message : prompt.messages()) {
            for (Content part : message.parts()) {
                sum += part instanceof Content.Text(String text) ? text.length() : 0;
            }
        }
        return sum;
    }

    private static void level(List<Course> courses) {
        if (courses.stream().mapToInt(Course::granted).distinct().count() < 2) {
            return;
        }
        long sum = courses.stream().mapToLong(Course::granted).sum();
        int share = (int) (sum / courses.size());
        if (share == 0) {
            // Not a token for each: the first ones speak.
            courses.forEach(course -> course.release(course.granted() - 1));
            return;
        }
        courses.stream()
                .filter(course -> course.granted() > share)
                .forEach(course -> course.reserve(share));
        courses.forEach(course -> course.reserve(share));
        // Somebody else may have taken some in between.
        int least =
                courses.stream().mapToInt(Course::granted).filter(each -> each > 0).min().orElse(0);
        courses.forEach(course -> course.release(course.granted() - least));
    }
}
