package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.app.terminal.Durations;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.run.Budget;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.run.Budgets;
import dev.polymnia.eval.run.Evaluation;
import dev.polymnia.eval.run.Manner;
import dev.polymnia.eval.run.Plan;
import dev.polymnia.eval.run.RunFolder;
import dev.polymnia.eval.run.RunLimits;
import dev.polymnia.eval.run.Standing;
import dev.polymnia.eval.score.Scorers;
import dev.polymnia.eval.task.Selection;
import dev.polymnia.eval.task.Task;
import dev.polymnia.eval.task.Tasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = {
            "Runs evaluation tasks in one or more modes and keeps every answer, its score, its"
                    + " tokens and seconds. A run that was stopped goes on where it was when the"
                    + " same command is given again.",
            "Tasks: gsm8k, gsm8k-train, humaneval, mbpp, ifeval, bbh, bbh/SUBTASK,"
                    + " arc-agi-1/training, arc-agi-2/training, or the file of a definition"
                    + " (docs/guide/eval-tasks.md)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia eval gsm8k --data DATA --limit 20 --modes instant,thinking,contemplating",
            "  polymnia eval humaneval mbpp --data DATA --modes thinking --time 2h",
            "  polymnia eval gsm8k --data DATA --bank 8,8",
            "  polymnia eval gsm8k --data DATA --forced evaluations/gsm8k/contemplating-MODEL-1",
            "  polymnia report evaluations"
        })
final class EvalCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private BackendOptions backend = new BackendOptions();

    @Mixin private TaskOptions asked = new TaskOptions();

    @Parameters(arity = "1..*", paramLabel = "TASK", description = "what is asked")
    private List<String> tasks = List.of();

    /// What is asked of each task: one of these.
    private static final class What {
        @Option(
                names = {"-m", "--modes", "--mode"},
                split = ",",
                description =
                        "the modes to run each task in; default:"
                                + " instant,thinking,contemplating")
        private List<Mode> modes = List.of(Mode.values());

        @Option(
                names = "--bank",
                paramLabel = "WORDS,PROGRAMS",
                description =
                        "instead of answers, a branch bank: so many chains of each question that"
                                + " reason in words, and so many that write a program, all to"
                                + " their end; the report replays votes from it")
        private @Nullable String bank;

        @Option(
                names = "--forced",
                paramLabel = "RUN",
                description =
                        "one agent with budget forcing: it thinks for as many tokens as the"
                                + " contemplating run in this folder spent on each question")
        private @Nullable Path forced;
    }

    @ArgGroup(exclusive = true)
    private What what = new What();

    @Option(
            names = "--out",
            defaultValue = "evaluations",
            description =
                    "where runs are kept and the report is written; default: ${DEFAULT-VALUE}")
    private Path out = Path.of("evaluations");

    @Option(
            names = "--limit",
            defaultValue = "0",
            description = "so many questions of a task; default: all")
    private int limit;

    @Option(
            names = "--epochs",
            defaultValue = "1",
            description = "how often each question is asked; default: ${DEFAULT-VALUE}")
    private int epochs;

    @Option(
            names = "--agents",
            defaultValue = "8",
            description = "the most agents of contemplating, 2 to 64; default: ${DEFAULT-VALUE}")
    private int agents;

    @Option(names = "--tokens", description = "each run ends before more are generated")
    private @Nullable Long tokens;

    @Option(
            names = "--money",
            paramLabel = "AMOUNT",
            converter = Amounts.class,
            description =
                    "each run ends once an endpoint's answers have cost so much, in the currency of"
                            + " prices.toml, for example 2.50")
    private @Nullable Long money;

    @Option(
            names = "--accept",
            paramLabel = "LICENCE",
            description = "accepts the licence of a task's data that asks for it")
    private List<String> accepted = List.of();

    EvalCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<Manner.Bank> bank = Optional.ofNullable(what.bank).map(Manner.Bank::parse);
        List<Task> wanted = new ArrayList<>();
        for (String each : tasks) {
            wanted.addAll(
                    Tasks.loadAll(
                            each,
                            asked.data(),
                            new Selection(asked.offset(), limit),
                            Set.copyOf(accepted)));
        }
        List<Plan> plans = plans(wanted, bank);
        RunLimits limits = limits();
        Cancellation cancellation = new Cancellation();
        // Holds up the end of the process until the page is written.
        try (Interrupt _ = Interrupt.cancels(cancellation)) {
            boolean whole;
            try (ProgramSandbox programs = sandbox(plans);
                    BranchingModel model =
                            backend.open(console, false, cancellation, limits.budget())) {
                whole = runAll(plans, model, programs, limits, cancellation);
            }
            ReportCommand.write(console, out, List.of(), out.resolve("report"));
            if (whole) {
                return 0;
            }
            return Main.exitCode(
                    cancellation.isRequested() ? Fault.Code.CANCELLED : Fault.Code.BUDGET_SPENT);
        }
    }

    /// Opens the sandbox before a model is loaded if nothing can be said without it.
    private ProgramSandbox sandbox(List<Plan> plans) {
        ProgramSandbox programs = new ProgramSandbox(console);
        if (plans.stream().anyMatch(EvalCommand::needsSandbox)) {
            programs.require();
        }
        return programs;
    }

    private static boolean needsSandbox(Plan plan) {
        return Scorers.needsSandbox(plan.task().scorer())
                || (plan.manner() instanceof Manner.Bank bank && bank.programs() > 0);
    }

    private List<Plan> plans(List<Task> wanted, Optional<Manner.Bank> bank) {
        if (bank.isPresent()) {
            return wanted.stream()
                    .map(task -> Plan.bank(task, asked.seed(), epochs, asked.offset(), bank.get()))
                    .toList();
        }
        Path forced = what.forced;
        if (forced != null) {
            Budgets budgets = Budgets.of(RunFolder.read(forced));
            return wanted.stream()
                    .map(task -> Plan.forced(task, asked.seed(), epochs, asked.offset(), budgets))
                    .toList();
        }
        List<Plan> plans = new ArrayList<>();
        for (Task task : wanted) {
            for (Mode mode : what.modes.stream().distinct().toList()) {
                plans.add(new Plan(task, mode, asked.seed(), agents, epochs, asked.offset()));
            }
        }
        return List.copyOf(plans);
    }

    private boolean runAll(
            List<Plan> plans,
            BranchingModel model,
            ProgramSandbox programs,
            RunLimits limits,
            Cancellation cancellation) {
        boolean whole = true;
        for (Plan plan : plans) {
            if (cancellation.isRequested()) {
                return false;
            }
            Path folder = folder(plan, model);
            Evaluation evaluation =
                    new Evaluation(
                            model,
                            Clock.SYSTEM,
                            Scorers.named(plan.task().scorer(), programs.sandbox()),
                            programs.runner(plan.mode()));
            RunLog log;
            try {
                log =
                        evaluation.run(
                                plan,
                                folder,
                                limits,
                                machine(asked.concurrency()),
                                (_, standing) -> show(console, name(plan), standing),
                                cancellation);
            } finally {
                console.status("");
            }
            if (log.status() != RunLog.Status.SUCCESS) {
                whole = false;
                console.err()
                        .println(
                                "%s %d of %d answers are kept in %s; the same command goes on."
                                        .formatted(
                                                log.ending(),
                                                log.results().size(),
                                                log.samples().size() * epochs,
                                                folder));
                console.err().flush();
            }
        }
        return whole;
    }

    private Path folder(Plan plan, BranchingModel model) {
        String way =
                switch (plan.manner()) {
                    case Manner.Usual _ -> plan.way();
                    case Manner.Bank(int words, int programs) ->
                            "%s-%d-%d".formatted(plan.way(), words, programs);
                    case Manner.Forced(Budgets budgets) ->
                            "%s-%d-of-%d"
                                    .formatted(
                                            plan.way(),
                                            budgets.setup().agents(),
                                            budgets.setup().seed());
                };
        String name =
                "%s-%s-%d"
                        .formatted(way, model.info().name(), asked.seed())
                        .replaceAll("[^A-Za-z0-9._-]", "_");
        return out.resolve(plan.task().name().replaceAll("[^A-Za-z0-9._-]", "_")).resolve(name);
    }

    private RunLimits limits() {
        Budget budget = asked.budget();
        budget = tokens == null ? budget : budget.withTokens(tokens);
        budget = money == null ? budget : budget.withMoney(money);
        return new RunLimits(asked.concurrency(), budget);
    }

    /// Returns what the machine of a run is.
    static Map<String, String> machine(int concurrency) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("memory_bytes", String.valueOf(Machine.allMemory()));
        facts.put("java", Runtime.version().toString());
        facts.put("questions_at_once", String.valueOf(concurrency));
        return facts;
    }

    private static String name(Plan plan) {
        return plan.task().name() + " " + plan.way();
    }

    /// Shows how a run gets on.
    static void show(Console console, String run, Standing standing) {
        String line =
                String.format(
                        Locale.ROOT,
                        "%s: %d of %d, %.1f %% right (%.1f–%.1f), %.1f a minute, %s left",
                        run,
                        standing.done(),
                        standing.total(),
                        100 * standing.accuracy(),
                        100 * standing.interval().low(),
                        100 * standing.interval().high(),
                        standing.perMinute(),
                        Durations.words(standing.left()));
        console.status(line.substring(0, Math.min(line.length(), console.width() - 1)));
        if (!console.progress()
                && (standing.now() % 10 == 0 || standing.done() == standing.total())) {
            console.err().println(line);
            console.err().flush();
        }
    }
}
