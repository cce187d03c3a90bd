package dev.polymnia.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The page that people see in a browser: files that the module `web` has built, which lie with the
/// program. They are the same for everybody and hold no secret, so whoever reaches the server gets
/// them; what they ask for is for those that the [gate][Gate] lets in. Only what a list names is
/// read, so no path leads elsewhere. Immutable.
final class Page {
    /// The folder of the resources, in no package, so that it is found in whichever jar has it.
    static final String FOLDER = "polymnia-page/";

    /// Nothing from elsewhere, nothing written into the page runs or styles it, and no other page
    /// holds it in a frame.
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                    + " connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src"
                    + " 'self'; frame-src 'self'; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'";

    /// For the document that the page shows in a frame, in which diagrams are drawn by a library
    /// that writes styles into it. It runs this server's scripts and nothing else: it asks nobody,
    /// loads no picture, and has an origin of its own, so that it has nothing of the page's,
    /// wherever it is opened.
    static final String FRAME_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts";

    private static final String LIST = "files.txt";
    private static final String FIRST = "/index.html";
    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final String folder;
    private final Map<String, Entry> files;

    /// One of the files.
    ///
    /// @param type as `Content-Type` has it
    /// @param hashed whether its name changes with what is in it
    /// @param encodings in which it lies there, the best first, each as `Content-Encoding` has it
    ///   and as the resource's name ends
    /// @param use of it
    private record Entry(String type, boolean hashed, Map<String, String> encodings, Use use) {
        private static Entry of(String[] columns) {
            Map<String, String> encodings = new HashMap<>();
            for (String encoding : columns[3].split(",", -1)) {
                if (!encoding.isBlank()) {
                    encodings.put(encoding, encoding.equals("gzip") ? ".gz" : ".br");
                }
            }
            return new Entry(
                    columns[1],
                    columns[2].equals("hashed"),
                    Map.copyOf(encodings),
                    Use.of(columns[4]));
        }
    }

    private enum Use {
        PAGE,
        /// The document that is shown in a frame.
        FRAME,
        /// What that loads, whose origin is nobody's, so that browsers have to be told that it may.
        FRAMED;

        private static Use of(String word) {
            return switch (word) {
                case "" -> PAGE;
                case "frame" -> FRAME;
                case "framed" -> FRAMED;
                default -> throw new IllegalArgumentException(word);
            };
        }
    }

    private Page(String folder, Map<String, Entry> files) {
        this.folder = folder;
        this.files = Map.copyOf(files);
    }

    /// Returns the page that lies with the program; one without files if none was built.
    ///
    /// @param folder of the resources
    static Page load(String folder) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(folder + LIST)) {
            if (in == null) {
                return new Page(folder, Map.of());
            }
            Map<String, Entry> files = new HashMap<>();
            String list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            list.lines()
                    .map(line -> line.split("\t", -1))
                    .forEach(columns -> files.put(columns[0], Entry.of(columns)));
            return new Page(folder, files);
        } catch (IOException e) {
            throw new UncheckedIOException("The page's list of files cannot be read.", e);
        }
    }

    /// Answers a request for one of the files, or for a place of the page, which shows what stands
    /// behind its address.
    ///
    /// @return false if it is for something else, and not answered
    boolean answer(ServerRequest request, ServerResponse response) {
        String path = request.path().path();
        if (!READS.contains(request.prologue().method().text())) {
            return false;
        }
        Entry file = files.get(path);
        if (file != null) {
            send(path, file, request, response);
            return true;
        }
        if (!path.equals("/") && !isVisited(path, request)) {
            return false;
        }
        Entry first = files.get(FIRST);
        if (first == null) {
            if (!path.equals("/")) {
                return false;
            }
            throw ApiError.refused(
                    404,
                    "no_page",
                    "This program was built without its page, as npm was missing or too old:"
                            + " install npm with Node.js 20.19, 22.12 or later and start ./polymnia"
                            + " serve again. The APIs are there: /v1/models, /openapi.json.");
        }
        send(FIRST, first, request, response);
        return true;
    }

    /// Returns whether a browser goes there with its address line, or by a link.
    private static boolean isVisited(String path, ServerRequest request) {
        if (path.startsWith("/v1/") || path.startsWith("/api/") || path.startsWith("/assets/")) {
            return false;
        }
        return header(request, HeaderNames.ACCEPT).contains("text/html");
    }

    private void send(String path, Entry file, ServerRequest request, ServerResponse response) {
        RequestTrace.current().takes("page");
        response.header(HeaderNames.CONTENT_TYPE, file.type());
        response.header(
                HeaderNames.CACHE_CONTROL,
                file.hashed() ? "public, max-age=31536000, immutable" : "no-cache");
        boolean frame = file.use() == Use.FRAME;
        response.header("Content-Security-Policy", frame ? FRAME_POLICY : POLICY);
        response.header("Cross-Origin-Resource-Policy", "same-origin");
        response.header("X-Frame-Options", frame ? "SAMEORIGIN" : "DENY");
        if (file.use() == Use.FRAMED) {
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }
        response.header(
                "Permissions-Policy",
                "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        String ending = "";
        if (!file.encodings().isEmpty()) {
            response.header(HeaderNames.VARY, "Accept-Encoding");
            String encoding = encoding(file, header(request, HeaderNames.ACCEPT_ENCODING));
            if (!encoding.isEmpty()) {
                response.header(HeaderNames.CONTENT_ENCODING, encoding);
                ending = file.encodings().getOrDefault(encoding, "");
            }
        }
        byte[] bytes = read(path + ending);
        if (request.prologue().method().text().equals("HEAD")) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
            response.send();
            return;
        }
        response.send(bytes);
    }

    /// Returns the best encoding that a browser takes; empty for none.
    private static String encoding(Entry file, String accepted) {
        List<String> taken =
                Arrays.stream(accepted.split(",", -1))
                        .map(String::strip)
                        .filter(each -> !each.replace(" ", "").endsWith(";q=0"))
                        .map(each -> each.replaceFirst(";.*", "").strip())
                        .toList();
        for (String encoding : List.of("br", "gzip")) {
            if (file.encodings().containsKey(encoding) && taken.contains(encoding)) {
                return encoding;
            }
        }
        return "";
    }

    private byte[] read(String path) {
        String name = folder + path.substring(1);
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the list names it, and it is not there");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The page's file %s cannot be read.".formatted(name), e);
        }
    }

    private static String header(ServerRequest request, HeaderName name) {
        return request.headers().contains(name) ? request.headers().get(name).get() : "";
    }
}
