package dev.polymnia.app.config;

/// The page about the configuration, made from the table of its keys. Stateless.
final class Reference {
    private Reference() {}

    /// Returns the page, as Markdown.
    static String markdown() {
        StringBuilder page =
                new StringBuilder(
                        """
                        <!-- Made from Setting.java by ReferenceTest, which says how if it is stale. -->
                        # The configuration of `polymnia serve`

                        `polymnia serve --config FILE` reads a TOML file; without `--config` the variable `POLYMNIA_CONFIG` names it. A
                        variable of the environment goes before the file, an option of the command line before both. A key that is not in
                        this table is an error. `polymnia serve --check` says whether all is right, and ends.

                        A name with a full stop is a key in a table: `limits.runs` is `runs` under `[limits]`. Names of files in the file are
                        seen from its folder. Keys of clients and backends, and the secret of OpenID Connect, stand in files of their own, which
                        only the server's user may read.

                        | key | variable | value | unless said | meaning |
                        | --- | --- | --- | --- | --- |
                        """);
        for (Setting each : Setting.values()) {
            page.append(
                    "| `%s` | `%s` | %s | %s | %s |%n"
                            .formatted(
                                    each.key(),
                                    each.variable(),
                                    each.wanted(),
                                    each.usual().isEmpty() ? "none" : "`" + each.usual() + "`",
                                    each.meaning()));
        }
        page.append(
                """

                The command line has `--host`, `--port`, `--api-key`, `--model`, `--backend`, `--backend-calls`, `--key`, `--profile`,
                `--data-dir` and `--database`; all else stands here only.

                ```toml
                """);
        page.append(example());
        page.append("```\n");
        return page.toString().replace(System.lineSeparator(), "\n");
    }

    /// Returns a file that is right.
    static String example() {
        return """
        host = "0.0.0.0"
        public-url = "https://polymnia.example.com"
        api-key-file = "keys.txt"
        model = "qwen2.5-coder-1.5b"

        [limits]
        runs = 2
        waiting = 8

        [tls]
        certificate = "server.crt"
        key = "server.key"

        [cors]
        origins = ["https://chat.example.com"]

        [openid]
        issuer = "https://accounts.example.com"
        client-id = "polymnia"
        client-secret-file = "openid-secret.txt"

        [log]
        requests = true
        format = "json"

        [traces]
        endpoint = "http://localhost:4318"

        [shutdown]
        grace-seconds = 30
        """;
    }
}
