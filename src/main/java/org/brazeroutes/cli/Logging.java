package org.brazeroutes.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs: one line each, to standard error; ours and those of routes from INFO on, those of libraries from WARN on. Written in Java, for
 * reading XML would cost a tenth of a second at each start; {@code -Dlogback.configurationFile} still goes before it.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String OURS = "org.brazeroutes";
    /** Where libraries log. What a route logs, by {@code log:braze} or the step {@code log}, has a name of its own. */
    private static final List<String> LIBRARIES = List.of("org", "com", "io", "net", "ch", "me", "software", "jdk", "sun", "java", "javax");
    /** At DEBUG it prints every header, and one of them is the API key. */
    private static final String HTTP_CLIENT = "org.apache.hc";

    /** Camel registers one gauge twice, which it warns of at each start. */
    private static final String METERS = "io.micrometer";

    /** What they warn of comes as an exception too, which is told once and in our words. */
    private static final List<String> DATABASES = List.of("org.mariadb.jdbc", "com.zaxxer.hikari");

    /** They warn of requests that a stop cuts off, and of routes that end a moment after their pass; our words tell what became of the streams. */
    private static final List<String> SHUTDOWN = List.of("org.apache.camel.impl.engine.DefaultShutdownStrategy",
            "org.apache.camel.impl.engine.DefaultInflightRepository");

    private static volatile boolean debug;
    private static volatile boolean dated;

    /** Starts the logs; to be called before the first line is logged. */
    static void start(boolean withDebug) {
        debug = withDebug;
        setLevels((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    /** From now on lines begin with the day too: for a process that lives for weeks. */
    static void dated() {
        dated = true;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LogLine layout = new LogLine(() -> debug, () -> dated);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        setLevels(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void setLevels(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return;
        }
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        LIBRARIES.forEach(library -> context.getLogger(library).setLevel(debug ? Level.INFO : Level.WARN));
        context.getLogger(OURS).setLevel(debug ? Level.DEBUG : Level.INFO);
        context.getLogger(HTTP_CLIENT).setLevel(Level.WARN);
        context.getLogger(METERS).setLevel(Level.ERROR);
        SHUTDOWN.forEach(logger -> context.getLogger(logger).setLevel(debug ? Level.INFO : Level.ERROR));
        DATABASES.forEach(logger -> context.getLogger(logger).setLevel(debug ? Level.WARN : Level.ERROR));
    }
}
