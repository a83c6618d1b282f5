package org.brazeroutes.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads every setting from its sources and gathers all that is wrong before it gives up. */
final class Loader {

    private final Sources sources;
    private final CronCheck cronCheck;
    private final Map<String, Sources.Value> given = new HashMap<>();
    private final Map<String, Object> parsed = new HashMap<>();
    /** Given, but not to be had. */
    private final Set<String> unread = new LinkedHashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();
    /** By stream, of those that only the environment speaks of: if there is no such stream, it is none of ours. */
    private final Map<String, Set<String>> problemsOfStreams = new HashMap<>();

    Loader(Sources sources, CronCheck cronCheck) {
        this.sources = sources;
        this.cronCheck = cronCheck;
    }

    Settings load(boolean brazeNeeded) {
        problems.addAll(Names.problems(sources.set().keySet(), Sources.COMMAND_LINE));
        problems.addAll(Names.problems(sources.file().keySet(), sources.fileName()));
        Declared.all().stream().filter(setting -> !setting.perStream()).forEach(setting -> read(setting, problems));
        checkSchedule(Declared.PERIOD, Declared.CRON, problems);
        Set<String> streams = streams();
        streams.forEach(stream -> readStream(stream, problems));
        sources.environment().keySet().forEach(variable -> Environment.stream(variable).filter(stream -> !streams.contains(stream))
                .ifPresent(stream -> readStream(stream, problemsOfStreams.computeIfAbsent(stream, name -> new LinkedHashSet<>()))));
        if (brazeNeeded) {
            checkBraze();
        }
        checkDatabases();
        checkFiles();
        checkPassThrough();
        if (!problems.isEmpty()) {
            throw new SettingsException(List.copyOf(problems));
        }
        Declared.all().stream().filter(setting -> !setting.defaultValue().isEmpty())
                .forEach(setting -> parsed.putIfAbsent(setting.environmentName(), setting.parser().apply(setting.defaultValue())));
        return new Settings(sources, parsed, problemsOfStreams);
    }

    /** @param wrong takes what is wrong with them */
    private void readStream(String stream, Set<String> wrong) {
        Declared.perStream().forEach(setting -> read(setting.forStream(stream), wrong));
        checkSchedule(Declared.STREAM_PERIOD.forStream(stream), Declared.STREAM_CRON.forStream(stream), wrong);
    }

    private <T> void read(Setting<T> setting, Set<String> wrong) {
        try {
            sources.find(setting).ifPresent(value -> {
                given.put(setting.name(), value);
                checkCommandLine(setting, value);
                try {
                    parsed.put(setting.environmentName(), setting.parser().apply(value.text()));
                } catch (BadValue bad) {
                    wrong.add(bad.problem(setting.name(), value.text(), value.origin()));
                }
            });
        } catch (SettingsException unreadable) {
            unread.add(setting.name());
            wrong.addAll(unreadable.problems());
        }
    }

    /** The streams that file and command line speak of, whether they exist or not. */
    private Set<String> streams() {
        Set<String> streams = new LinkedHashSet<>();
        sources.set().keySet().forEach(name -> Names.stream(name).ifPresent(streams::add));
        sources.file().keySet().forEach(name -> Names.stream(name).ifPresent(streams::add));
        return streams;
    }

    /** Other users of the machine can read a command line. */
    private void checkCommandLine(Setting<?> setting, Sources.Value value) {
        if (value.fromCommandLine() && (setting.secret() || Secrets.inUrl(value.text()))) {
            String variable = setting.environmentName();
            problems.add(setting.name() + (setting.secret() ? "" : " with credentials")
                    + " is given by --set, where others can see it; set " + variable + " or " + variable + "_FILE, or write it into the settings file");
        }
    }

    /** The cron wins over the period, unless the period comes from a stronger source. */
    private void checkSchedule(Setting<?> period, Setting<String> cron, Set<String> wrong) {
        Sources.Value expression = given.get(cron.name());
        if (expression == null) {
            return;
        }
        cronCheck.problem(expression.text()).ifPresent(complaint -> wrong.add(new BadValue(
                "use a Quartz cron of six or seven fields, seconds first, such as 0 0 3 * * ? for 3 o'clock each day ("
                        + complaint.replaceAll("\\s+", " ") + ")").problem(cron.name(), expression.text(), expression.origin())));
        if (given.containsKey(period.name()) && given.get(period.name()).rank() > expression.rank()) {
            parsed.remove(cron.environmentName());
        }
    }

    private void checkBraze() {
        checkGiven(Declared.ENDPOINT, Settings.ENDPOINT_MISSING);
        checkGiven(Declared.API_KEY, Settings.API_KEY_MISSING);
    }

    private void checkGiven(Setting<?> setting, String missing) {
        if (!given.containsKey(setting.name()) && !unread.contains(setting.name())) {
            problems.add(missing);
        }
    }

    private void checkDatabases() {
        checkLogin(Declared.JDBC_URL, Declared.JDBC_USERNAME);
        checkLogin(Declared.STATE_URL, Declared.STATE_USERNAME);
        Sources.Value state = given.get(Declared.STATE_URL.name());
        if (state != null && text(Declared.SINK).equals("jdbc") && !state.text().equals(text(Declared.JDBC_URL))) {
            problems.add(new BadValue("with sink=jdbc state lives in the sink's database, since "
                    + "rows and cursors move together; leave it out")
                    .problem(Declared.STATE_URL.name(), state.text(), state.origin()));
        }
    }

    private void checkLogin(Setting<String> url, Setting<String> username) {
        Sources.Value value = given.get(url.name());
        if (value != null && given.containsKey(username.name()) && Secrets.loginInUrl(value.text())) {
            problems.add(new BadValue("it says who logs in, and so does " + username.name() + "; leave one of them")
                    .problem(url.name(), value.text(), value.origin()));
        }
    }

    private void checkFiles() {
        Object format = parsed.get(Declared.FILE_FORMAT.environmentName());
        Object compression = parsed.get(Declared.FILE_COMPRESSION.environmentName());
        if (format == FileSettings.Format.PARQUET && compression == FileSettings.Compression.GZIP) {
            Sources.Value value = given.get(Declared.FILE_COMPRESSION.name());
            problems.add(new BadValue("use none with sink.file.format=parquet, which packs its columns itself")
                    .problem(Declared.FILE_COMPRESSION.name(), value.text(), value.origin()));
        }
    }

    /** A password for Camel is as visible on the command line as one of ours. */
    private void checkPassThrough() {
        List<String> secrets = new ArrayList<>(sources.set().keySet());
        secrets.removeIf(name -> Names.ours(name) || !Secrets.inName(name) && !Secrets.inUrl(sources.set().get(name)));
        secrets.forEach(name -> problems.add(BadValue.shown(name)
                + " is given by --set, where others can see it; write it into the settings file"));
    }

    private String text(Setting<?> setting) {
        Sources.Value value = given.get(setting.name());
        return value == null ? setting.defaultValue() : value.text();
    }
}
