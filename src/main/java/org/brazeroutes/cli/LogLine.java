package org.brazeroutes.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.BooleanSupplier;
import org.brazeroutes.camel.CamelText;
import org.brazeroutes.settings.Secrets;

/**
 * {@code 21:17:43 INFO  what happened}, with the day before it on demand: an exception is its message on the same line; with debug
 * also logger and stack trace.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final BooleanSupplier debug;
    private final BooleanSupplier dated;

    LogLine(BooleanSupplier debug, BooleanSupplier dated) {
        this.debug = debug;
        this.dated = dated;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder((dated.getAsBoolean() ? DAY_AND_TIME : TIME).format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(String.format(" %-5s ", event.getLevel()));
        if (debug.getAsBoolean()) {
            String logger = event.getLoggerName();
            line.append(logger.substring(logger.lastIndexOf('.') + 1)).append(": ");
        }
        // a pool, say, logs the URL of its database with all that is in it
        line.append(said(event, Secrets.maskText(event.getFormattedMessage())));
        IThrowableProxy broken = event.getThrowableProxy();
        if (!(broken instanceof ThrowableProxy proxy)) {
            return line.append(System.lineSeparator()).toString();
        }
        line.append(": ").append(said(event, Errors.line(proxy.getThrowable()))).append(System.lineSeparator());
        return debug.getAsBoolean() ? line + Errors.stackTrace(proxy.getThrowable()) : line.toString();
    }

    /** A route without our errors.yaml has its failures logged by Camel, with what Braze sent. */
    private String said(ILoggingEvent event, String text) {
        boolean cut = event.getLoggerName().startsWith("org.apache.camel.") && !debug.getAsBoolean();
        return Console.printable(cut ? CamelText.withoutValues(text) : text);
    }
}
