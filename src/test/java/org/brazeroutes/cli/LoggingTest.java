package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {

    private static final Exception BROKEN = new IllegalStateException("sink is gone", new IOException("disk\nfull"));

    @AfterEach
    void reset() {
        Logging.start(false);
    }

    @Test
    void oursFromInfoOnOthersFromWarnOn() {
        Logging.start(false);
        assertThat(LoggerFactory.getLogger("org.brazeroutes.x").isInfoEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("org.brazeroutes.x").isDebugEnabled()).isFalse();
        assertThat(LoggerFactory.getLogger("org.apache.camel.main").isInfoEnabled()).isFalse();
        assertThat(LoggerFactory.getLogger("org.apache.camel.main").isWarnEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("com.zaxxer.hikari").isWarnEnabled()).isFalse();
    }

    @Test
    void debugNeverPrintsTheHeadersOfRequests() {
        Logging.start(true);
        assertThat(LoggerFactory.getLogger("org.brazeroutes.x").isDebugEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("org.apache.camel.main").isInfoEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("org.apache.hc.client5.http.headers").isInfoEnabled()).isFalse();
    }

    @Test
    void logGoesToStandardErrorOnly() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        assertThat(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).iteratorForAppenders()).toIterable()
                .extracting(appender -> appender.getName()).containsExactly("stderr");
    }

    @Test
    void lineTellsTheCauseWithoutStackTrace() {
        String line = new LogLine(() -> false, () -> false).doLayout(event("pool of jdbc:h2:./x;PASSWORD=hunter2 \u001b[2J\nends", BROKEN));
        assertThat(line).matches("\\d\\d:\\d\\d:\\d\\d WARN  pool of jdbc:h2:\\./x;PASSWORD=\\*\\*\\* \uFFFD\\[2J ends: sink is gone: disk full\\R");
    }

    @Test
    void camelIsCutWhereItPrintsWhatBrazeSent() {
        Exception broken = new IllegalStateException("Method with name: x not found on bean: [{name=Secret sale}] of type: java.util.List");
        LoggingEvent event = event("org.apache.camel.processor.errorhandler.DefaultErrorHandler", "Failed delivery for (MessageId: 1): [{name=Secret sale}]", broken);
        assertThat(new LogLine(() -> false, () -> false).doLayout(event)).contains("Failed delivery for (MessageId: 1): […", "Method with name: x not found on")
                .doesNotContain("Secret").hasLineCount(1);
        assertThat(new LogLine(() -> true, () -> false).doLayout(event)).contains("[{name=Secret sale}]", "on bean: [{name=Secret sale}] of type");
    }

    @Test
    void debugAddsLoggerAndStackTrace() {
        assertThat(new LogLine(() -> true, () -> false).doLayout(event("what", BROKEN))).contains("WARN  Some: what: sink is gone")
                .contains("\tat org.brazeroutes");
        assertThat(new LogLine(() -> false, () -> true).doLayout(event("what", null))).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d WARN  what\\R");
        assertThat(new LogLine(() -> true, () -> false).doLayout(event("what", null))).endsWith("Some: what" + System.lineSeparator());
    }

    private static LoggingEvent event(String message, Throwable broken) {
        return event("org.brazeroutes.Some", message, broken);
    }

    private static LoggingEvent event(String name, String message, Throwable broken) {
        Logger logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name);
        return new LoggingEvent(LoggingTest.class.getName(), logger, Level.WARN, message, broken, null);
    }
}
