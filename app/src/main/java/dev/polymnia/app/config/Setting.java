package dev.polymnia.app.config;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A key of the configuration. The page about them is made from this table.
public enum Setting {
    /// Where it listens.
    HOST(
            "host",
            Kind.TEXT,
            "127.0.0.1",
            "the name or address that it listens on; any but this machine's own needs keys"),
    /// The port.
    PORT("port", 0, 65_535, 8420, "the port; 0 for a free one"),
    /// Where browsers reach it.
    PUBLIC_URL(
            "public-url",
            Kind.TEXT,
            "",
            "how addresses begin by which browsers reach the server, without a path:"
                    + " `https://chat.example.com`; unless it is named, where it listens. With"
                    + " `https` its cookies are for encrypted connections only"),
    /// The keys of clients.
    API_KEY_FILE(
            "api-key-file",
            Kind.FILE,
            "",
            "the keys of clients, one in each line, of at least 16 characters; lines with `#` are"
                    + " comments. The variable `POLYMNIA_API_KEY` holds one key itself"),
    /// The model.
    MODEL(
            "model",
            Kind.TEXT,
            "",
            "a name of `polymnia models list` or the whole path of a GGUF file; with a backend its"
                    + " name of a model"),
    /// The endpoint that answers.
    BACKEND(
            "backend",
            Kind.TEXTS,
            "",
            "an OpenAI-compatible endpoint that answers instead of this machine, or several that"
                + " all serve the same model, in the variable with commas between them; `none` for"
                + " this machine"),
    /// The key of the endpoint.
    BACKEND_KEY_FILE(
            "backend-key-file",
            Kind.FILE,
            "",
            "the key of the backends. A key that stands here is not sent to a backend that the"
                + " environment or the command line names. The variable `POLYMNIA_KEY` holds the"
                + " key itself"),
    /// Where all is kept that a server keeps.
    DATA_DIR(
            "data-dir",
            Kind.FILE,
            "",
            "the folder of all that the server keeps: people with their keys, quotas, conversations"
                + " and memories, what was spent, the audit log, and runs; unless it is named, that"
                + " of the conversations of `polymnia chat`"),
    /// Which database that is kept in instead.
    DATABASE(
            "database",
            Kind.TEXT,
            "",
            "the PostgreSQL in which all of that is kept instead:"
                + " `jdbc:postgresql://HOST/DATABASE?user=NAME`; a password rather stands in the"
                + " variable"),
    /// How long runs are kept.
    KEEP_DAYS(
            "keep-days",
            0,
            36_500,
            30,
            "how many days a run is kept after its end, with what was asked and all its events; 0"
                    + " for ever"),
    /// The zone of quotas and usage.
    ZONE(
            "people.zone",
            Kind.ZONE,
            "",
            "the time zone, as IANA calls it, in which the hours, days and months of quotas and the"
                    + " days of the usage begin: `Europe/Berlin`; unless it is named, the machine's"
                    + " (`TZ`)"),
    /// How the model is asked.
    PROFILE(
            "profile",
            Kind.FILE,
            "",
            "how the model is asked, as `polymnia calibrate` writes it; unless it is named, the"
                    + " model's own"),
    /// More models.
    MORE_MODELS(
            "models.more",
            Kind.WORDS,
            "",
            "more models of this machine, named as `model`, which clients ask for by their names."
                    + " In the variable with commas between them"),
    /// What they share.
    MODEL_MEMORY(
            "models.memory-mb",
            0,
            1_000_000_000,
            0,
            "the memory of all models together, in megabytes, where there are more than one; 0 for"
                + " four fifths of the machine's. Each counts with its file and 1,074 MB for its"
                + " context"),
    /// The model that writes titles.
    TITLES(
            "models.titles",
            Kind.TEXT,
            "",
            "the name of the one of the models that writes titles of conversations, or `off`;"
                    + " unless it is named, the smallest of them. A title takes at most 32 tokens,"
                    + " which count for whoever asked"),
    /// The limit for bodies.
    BODY_BYTES(
            "limits.body-bytes", 1, 1 << 30, 16 << 20, "the longest body of a request, in bytes"),
    /// The limit for headers.
    HEADER_BYTES(
            "limits.header-bytes",
            1 << 10,
            1 << 20,
            16 << 10,
            "all headers of a request together, in bytes"),
    /// The limit for connections.
    CONNECTIONS(
            "limits.connections",
            1,
            100_000,
            1024,
            "connections that are open at once; more wait to be accepted"),
    /// The limit for runs.
    RUNS(
            "limits.runs",
            1,
            10_000,
            4,
            "runs at work at once, whatever their mode: one of Contemplating is one run"),
    /// The limit for runs that wait.
    WAITING(
            "limits.waiting",
            0,
            100_000,
            16,
            "runs that wait for one of them to end; more are refused with 429"),
    /// How long they wait.
    WAIT_SECONDS(
            "limits.wait-seconds",
            0,
            86_400,
            60,
            "how long a run waits before it is refused with 429"),
    /// The limit for events.
    EVENTS(
            "limits.events",
            16,
            10_000_000,
            10_000,
            "events of a run that wait for a client which reads slowly; with more it is dropped"),
    /// The limit for calls to an endpoint.
    BACKEND_CALLS(
            "limits.backend-calls",
            1,
            100_000,
            64,
            "calls to each backend that are in flight at once; more wait"),
    /// The limit for a file.
    FILE_BYTES(
            "files.bytes",
            1,
            1 << 28,
            16 << 20,
            "the longest file in a conversation, in bytes; it is sent as a body, which"
                    + " `limits.body-bytes` limits as well"),
    /// The limit for the number of files.
    FILES_PER_CONVERSATION(
            "files.per-conversation", 1, 10_000, 100, "how many files a conversation has"),
    /// The limit for the files of a conversation.
    CONVERSATION_FILES_MB(
            "files.conversation-mb",
            1,
            1_000_000,
            256,
            "all files of a conversation together, in megabytes"),
    /// The limit for the files of a person.
    PERSON_FILES_MB(
            "files.person-mb",
            1,
            100_000_000,
            1000,
            "all files of a person together, in megabytes"),
    /// The certificate.
    TLS_CERTIFICATE(
            "tls.certificate",
            Kind.FILE,
            "",
            "the server's certificate as PEM, and behind it those that lead to a known one; goes"
                    + " with `tls.key`"),
    /// The certificate's key.
    TLS_KEY(
            "tls.key",
            Kind.FILE,
            "",
            "the certificate's private key as PEM, PKCS#8, without a password"),
    /// The origins of pages.
    CORS_ORIGINS(
            "cors.origins",
            Kind.WORDS,
            "",
            "the origins of pages from elsewhere that may ask with a browser, as a browser names"
                + " them: `https://chat.example.com`. In the variable with commas between them"),
    /// The provider of OpenID Connect.
    OPENID_ISSUER(
            "openid.issuer",
            Kind.TEXT,
            "",
            "the provider of OpenID Connect by which people may sign in, as it calls itself:"
                    + " `https://accounts.example.com`. There, `/api/openid/callback` behind the"
                    + " public URL is registered as the redirect URI"),
    /// What it calls this server.
    OPENID_CLIENT_ID(
            "openid.client-id", Kind.TEXT, "", "what the provider calls this server (client id)"),
    /// By which it knows this server.
    OPENID_CLIENT_SECRET_FILE(
            "openid.client-secret-file",
            Kind.FILE,
            "",
            "the secret that the provider gave this server, if it wants one. The variable"
                    + " `POLYMNIA_OPENID_CLIENT_SECRET` holds the secret itself"),
    /// What it calls the name of a person.
    OPENID_NAME_CLAIM(
            "openid.name-claim",
            Kind.TEXT,
            "name",
            "the claim that holds the name of somebody new: `name`, `preferred_username`, `email`"),
    /// Who may come in.
    OPENID_ADMITS(
            "openid.admits",
            "invited|guest|member",
            "invited",
            "who comes in: only people who were invited or have linked their account, or everybody"
                    + " whom the provider knows, in that role"),
    /// Whether requests are logged.
    LOG_REQUESTS(
            "log.requests",
            Kind.FLAG,
            "false",
            "a line of JSON for each request on standard error; never words, keys or bodies"),
    /// How much is logged.
    LOG_LEVEL("log.level", "error|warning|info|debug", "info", "how much else is told"),
    /// How it is logged.
    LOG_FORMAT("log.format", "text|json", "text", "how it is told"),
    /// Where traces are sent.
    TRACES_ENDPOINT(
            "traces.endpoint",
            Kind.TEXT,
            "",
            "the collector that is sent a trace of each run, by OTLP over HTTP:"
                + " `http://localhost:4318`; without a path it gets `/v1/traces`. Never words of"
                + " prompts or answers"),
    /// What is sent along.
    TRACES_HEADERS_FILE(
            "traces.headers-file",
            Kind.FILE,
            "",
            "headers that the collector wants, `name: value`, one in each line; lines with `#` are"
                    + " comments"),
    /// How many of the traces.
    TRACES_PERCENT(
            "traces.percent",
            0,
            100,
            100,
            "how many percent of the runs are told about; of those whose request has a"
                    + " `traceparent` its flag says so instead"),
    /// How long the end may take.
    GRACE_SECONDS(
            "shutdown.grace-seconds",
            0,
            86_400,
            10,
            "how long runs may go on after Ctrl-C or SIGTERM before they are cancelled");

    /// What a value is.
    enum Kind {
        /// A string.
        TEXT,
        /// The name of a file; in the configuration file seen from its folder.
        FILE,
        /// A whole number.
        WHOLE,
        /// True or false.
        FLAG,
        /// A name of a time zone.
        ZONE,
        /// One of a few words.
        CHOICE,
        /// Strings.
        WORDS,
        /// A string, or several.
        TEXTS
    }

    private final String key;
    private final Kind kind;
    private final String usual;
    private final String meaning;
    private final String choices;
    private final long least;
    private final long most;

    Setting(String key, Kind kind, String usual, String meaning) {
        this(key, kind, usual, meaning, "", 0, 0);
    }

    Setting(String key, long least, long most, long usual, String meaning) {
        this(key, Kind.WHOLE, Long.toString(usual), meaning, "", least, most);
    }

    Setting(String key, String choices, String usual, String meaning) {
        this(key, Kind.CHOICE, usual, meaning, choices, 0, 0);
    }

    Setting(
            String key,
            Kind kind,
            String usual,
            String meaning,
            String choices,
            long least,
            long most) {
        this.key = key;
        this.kind = kind;
        this.usual = usual;
        this.meaning = meaning;
        this.choices = choices;
        this.least = least;
        this.most = most;
    }

    /// Returns its name in the file: a table's name and a full stop before it if it is in one.
    public String key() {
        return key;
    }

    /// Returns the variable of the environment that goes before the file.
    public String variable() {
        return "POLYMNIA_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    Kind kind() {
        return kind;
    }

    /// Returns the value unless something is said; empty for none.
    String usual() {
        return usual;
    }

    String meaning() {
        return meaning;
    }

    /// Returns what a value has to be, for a person.
    String wanted() {
        return switch (kind) {
            case TEXT -> "a string";
            case FILE -> "the name of a file";
            case WHOLE -> "a whole number from %d to %d".formatted(least, most);
            case FLAG -> "true or false";
            case ZONE -> "a time zone like Europe/Berlin or UTC";
            case CHOICE -> "one of " + String.join(", ", choices());
            case WORDS -> "an array of strings";
            case TEXTS -> "a string or an array of strings";
        };
    }

    /// Returns whether a value is possible.
    boolean takes(String value) {
        return switch (kind) {
            case TEXT, FILE, TEXTS -> !value.isBlank();
            case WHOLE -> value.matches("\\d{1,12}") && isInRange(Long.parseLong(value));
            case FLAG -> value.equals("true") || value.equals("false");
            case ZONE -> ZoneId.getAvailableZoneIds().contains(value);
            case CHOICE -> choices().contains(value);
            case WORDS -> true;
        };
    }

    private boolean isInRange(long number) {
        return number >= least && number <= most;
    }

    private List<String> choices() {
        return List.of(choices.split("\\|", -1));
    }

    /// Returns the one with a name; empty if there is none.
    static Optional<Setting> of(String key) {
        return Stream.of(values()).filter(each -> each.key.equals(key)).findFirst();
    }

    /// Returns the one whose name is most like a word: that takes the fewest letters to change, add
    /// or leave out.
    static Setting nearest(String word) {
        Setting nearest = HOST;
        int best = Integer.MAX_VALUE;
        for (Setting each : values()) {
            int distance =
                    Math.min(
                            distance(word, each.key),
                            distance(word, each.key.substring(each.key.lastIndexOf('.') + 1)));
            if (distance < best) {
                best = distance;
                nearest = each;
            }
        }
        return nearest;
    }

    /// Levenshtein's distance, row by row (Wagner and Fischer 1974).
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
