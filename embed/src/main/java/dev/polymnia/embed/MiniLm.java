package dev.polymnia.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.polymnia.core.Fault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/// The loaded model. Thread-safe; closed when nobody computes any more, by whoever loaded it.
///
/// @param pieces splits texts
/// @param session computes
record MiniLm(WordPieces pieces, OrtSession session) implements AutoCloseable {
    private static final String MODEL = "all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";

    /// Loads it; takes a moment.
    ///
    /// @throws Fault `UNAVAILABLE` if that is not possible here
    static MiniLm load() {
        // See module-info: the library lies on the class path.
        MiniLm.class.getModule().addReads(MiniLm.class.getClassLoader().getUnnamedModule());
        try {
            return read();
        } catch (OrtException | IOException | LinkageError e) {
            // There may be no library for this system, or no folder that it can be unpacked to.
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "Embeddings do not work on this machine: " + e, e);
        }
    }

    private static MiniLm read() throws IOException, OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        try (InputStream tokenizer = open(TOKENIZER);
                InputStream model = open(MODEL);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            return new MiniLm(
                    WordPieces.read(tokenizer),
                    environment.createSession(model.readAllBytes(), options));
        }
    }

    private static InputStream open(String name) throws FileNotFoundException {
        InputStream in = MiniLm.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(name + " is missing beside the program");
        }
        return in;
    }

    /// Returns the mean of what the model says of each token, with length 1.
    ///
    /// @throws Fault `INTERNAL` if the model broke
    float[] vector(long[] tokens) {
        try {
            return direction(states(tokens), tokens.length);
        } catch (OrtException e) {
            throw new Fault(Fault.Code.INTERNAL, "The text could not be embedded: " + e, e);
        }
    }

    private FloatBuffer states(long[] tokens) throws OrtException {
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[][] {tokens});
                OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
                OnnxTensor types =
                        OnnxTensor.createTensor(environment, new long[][] {new long[ones.length]});
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids",
                                        ids,
                                        "attention_mask",
                                        mask,
                                        "token_type_ids",
                                        types))) {
            // A copy, which outlives the result.
            return ((OnnxTensor) result.get(0)).getFloatBuffer();
        }
    }

    private static float[] direction(FloatBuffer states, int tokens) {
        int dimensions = states.remaining() / tokens;
        double[] sum = new double[dimensions];
        for (int i = 0; states.hasRemaining(); i++) {
            sum[i % dimensions] += states.get();
        }
        double length = Math.sqrt(Arrays.stream(sum).map(each -> each * each).sum());
        float[] direction = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            direction[i] = (float) (sum[i] / length);
        }
        return direction;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new Fault(Fault.Code.INTERNAL, "The embedder could not be closed: " + e, e);
        }
    }
}
