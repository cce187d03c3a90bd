package dev.polymnia.eval.run;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.TeamProfile;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How a model's profile asks the samples of a plan.
///
/// @param options what decides about the answers, by name, for a run's setup
/// @param tokensPerAgent the most tokens of one agent
/// @param wantsPrograms whether agents of a team write something that is to be run
record Asking(Map<String, String> options, int tokensPerAgent, boolean wantsPrograms) {
    static Asking of(Plan plan, ModelInfo model) {
        Set<TaskClass> classes =
                plan.task().samples().stream()
                        .map(sample -> Assistant.classOf(sample.messages()))
                        .collect(Collectors.toSet());
        Map<String, String> options = new TreeMap<>();
        int most = 1;
        for (TaskClass question : classes) {
            String prefix = classes.size() == 1 ? "" : question.word() + ".";
            most = Math.max(most, put(options, prefix, plan.mode(), model.profile(), question));
        }
        boolean programs =
                plan.mode() == Mode.CONTEMPLATING
                        && classes.stream()
                                .flatMap(question ->
                                        model.profile().team(question).approaches().stream())
                                .anyMatch(approach -> approach.kind().isRun());
        return new Asking(options, most, programs);
    }

    private static int put(
            Map<String, String> options,
            String prefix,
            Mode mode,
            ModelProfile profile,
            TaskClass question) {
        if (mode == Mode.CONTEMPLATING) {
            return put(options, prefix, profile.team(question));
        }
        ModelProfile.Alone alone = profile.alone(mode, question);
        options.put(prefix + "instruction", alone.instruction());
        if (!alone.approach().hint().isEmpty()) {
            options.put(prefix + "hint", alone.approach().hint());
        }
        if (!alone.approach().exemplars().isEmpty()) {
            options.put(prefix + "exemplars", alone.approach().exemplars().toString());
        }
        options.put(prefix + "sampling", alone.approach().sampling().toString());
        return alone.approach().maxTokens();
    }

    private static int put(Map<String, String> options, String prefix, TeamProfile team) {
        options.put(prefix + "instruction", team.instruction());
        options.put(prefix + "stop", team.stop().name());
        if (team.refinements() > 0) {
            options.put(prefix + "refinements", String.valueOf(team.refinements()));
        }
        int most = 1;
        for (Approach approach : team.approaches()) {
            options.put(prefix + approach.name(), approach.toString());
            most = Math.max(most, approach.maxTokens());
        }
        return most;
    }
}
