package org.brazeroutes.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a command line and remembers what it would have done. */
final class Recording implements Commands {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path workingDirectory;
    final Map<String, String> environment = new HashMap<>();
    String done = "nothing";
    Call call;
    Map<String, String> demoSet;
    int answer;
    RuntimeException broken;
    boolean asked;

    Recording(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    static Console console(ByteArrayOutputStream out, ByteArrayOutputStream err, String in) {
        return new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), false);
    }

    /** With an endpoint and a key in the environment. */
    Recording configured() {
        environment.put("BRAZE_ENDPOINT", "US-01");
        environment.put("BRAZE_API_KEY", "top-secret");
        return this;
    }

    int execute(String... args) {
        return new BrazeRoutes(console(out, err, ""), environment, workingDirectory, () -> {
            asked = true;
            return this;
        }).execute(args);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int did(String command, Call theCall) {
        done = command;
        call = theCall;
        if (broken != null) {
            throw broken;
        }
        return answer;
    }

    @Override
    public int run(Call theCall) {
        return did("run", theCall);
    }

    @Override
    public int sync(Call theCall, List<String> streams) {
        return did("sync " + streams, theCall);
    }

    @Override
    public int check(Call theCall) {
        return did("check", theCall);
    }

    @Override
    public int streams(Call theCall) {
        return did("streams", theCall);
    }

    @Override
    public int status(Call theCall) {
        return did("status", theCall);
    }

    @Override
    public int reset(Call theCall, List<String> streams, boolean yes, boolean drop) {
        return did("reset " + streams + (yes ? " yes" : "") + (drop ? " drop" : ""), theCall);
    }

    @Override
    public int demo(Map<String, String> set, Console console, boolean json, boolean debug) {
        demoSet = set;
        return did("demo" + (json ? " json" : "") + (debug ? " debug" : ""), null);
    }
}
