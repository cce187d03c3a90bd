package dev.polymnia.clients;

import java.io.PrintStream;
import java.util.List;

/// Has each client ask a server for each scenario in each mode. Arguments: the base URL with `/v1`,
/// and the name of the model.
public final class Main {
    private static final List<String> MODES = List.of("instant", "thinking", "contemplating");

    private Main() {}

    /// Prints a line for each that passed; ends with 1 if one did not.
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("say the URL and the model: run URL MODEL");
        }
        String url = arguments[0];
        List<Client> clients =
                List.of(
                        new OpenAiChat(url),
                        new OpenAiResponses(url),
                        new AnthropicMessages(url),
                        new LangChain4jChat(url));
        int failed = 0;
        for (Client client : clients) {
            try (client) {
                failed += ask(client, arguments[1]);
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static int ask(Client client, String model) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        int failed = 0;
        for (Scenario scenario : client.scenarios()) {
            for (String mode : MODES) {
                try {
                    scenario.ask().accept(model + ":" + mode);
                    out.printf("[\"%s\", \"%s\", \"%s\"]%n", client.name(), scenario.name(), mode);
                } catch (RuntimeException e) {
                    failed++;
                    err.printf("%s %s in %s failed:%n", client.name(), scenario.name(), mode);
                    e.printStackTrace(err);
                }
            }
        }
        return failed;
    }
}
