package dev.polymnia.app;

import static java.util.Objects.requireNonNull;

import dev.polymnia.app.terminal.Console;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// A command of the program. Reading the options of a command takes a tenth of a start, so it is
/// done for the one that is asked for; of the others the name and the description are enough.
///
/// @param type its class, whose annotation has the name
/// @param maker makes it for a console
record Subcommand(Class<?> type, Function<Console, Object> maker) {
    private static final Subcommand COMPLETION =
            new Subcommand(CompletionCommand.class, CompletionCommand::new);
    private static final List<Subcommand> ALL =
            List.of(
                    new Subcommand(AskCommand.class, AskCommand::new),
                    new Subcommand(ChatCommand.class, ChatCommand::new),
                    new Subcommand(ServeCommand.class, ServeCommand::new),
                    new Subcommand(BackupCommand.class, BackupCommand::new),
                    new Subcommand(RestoreCommand.class, RestoreCommand::new),
                    new Subcommand(ModelsCommand.class, ModelsCommand::new),
                    new Subcommand(DoctorCommand.class, DoctorCommand::new),
                    new Subcommand(EvalCommand.class, EvalCommand::new),
                    new Subcommand(CalibrateCommand.class, CalibrateCommand::new),
                    new Subcommand(ReportCommand.class, ReportCommand::new),
                    COMPLETION,
                    new Subcommand(RehearseCommand.class, _ -> new RehearseCommand()));

    /// Adds all commands to the program.
    ///
    /// @param arguments the words after `polymnia`
    static void addAll(CommandLine program, Console console, String... arguments) {
        List<String> words = Arrays.asList(arguments);
        boolean all = words.contains(COMPLETION.command().name());
        for (Subcommand each : ALL) {
            Command command = each.command();
            if (all || words.contains(command.name())) {
                program.addSubcommand(each.maker.apply(console));
            } else {
                program.addSubcommand(command.name(), summary(command));
            }
        }
    }

    private Command command() {
        return requireNonNull(type.getAnnotation(Command.class), "no @Command on " + type);
    }

    private static CommandSpec summary(Command command) {
        CommandSpec summary = CommandSpec.create().name(command.name());
        summary.usageMessage().description(command.description()).hidden(command.hidden());
        return summary;
    }
}
