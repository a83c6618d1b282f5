package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.brazeroutes.stream.Declaration;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.StreamOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;

/** A cron runs as it is written, in the workspace's time zone. */
class ScheduleTest {

    private static final Stream CARDS = Declaration.parse("cards", Map.of("path", "/feed/list", "permission", "feed.list", "records", "cards",
            "pageSize", "100", "primaryKey", "id", "columns", "id string"));

    @Test
    void aCronThatWaitsForAClockThatWasSetBackComesRoundAgain() throws Exception {
        StreamOptions options = new StreamOptions(true, Optional.empty(), Duration.ofHours(1), Optional.of("* * * * * ?"), 30, Optional.empty());
        AtomicInteger passes = new AtomicInteger();
        try (ModelCamelContext context = new DefaultCamelContext()) {
            RouteDefinition route = new RouteDefinition().from("timer:cards");
            route.routeId("cards").process(exchange -> passes.incrementAndGet());
            new Schedule(false, stream -> options, ZoneId.of("UTC")).set(route, CARDS);
            context.addRouteDefinition(route);
            context.start();
            Scheduler scheduler = context.getComponent("quartz", QuartzComponent.class).getScheduler();
            TriggerKey key = TriggerKey.triggerKey("cards", "braze");
            Date tomorrow = Date.from(Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));
            assertThat(scheduler.rescheduleJob(key, scheduler.getTrigger(key).getTriggerBuilder().startAt(tomorrow).build())).isAfterOrEqualTo(tomorrow);
            passes.set(0);
            Schedule.cronsAnew(context);
            await().atMost(Duration.ofSeconds(20)).until(() -> passes.get() > 1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 30 4 * * ?         | Europe/Berlin | Europe/Berlin
            0 0/15 8-18 ? * MON  | Etc/GMT+5     | GMT-05:00
            0 0 3 L * ?          | +02:00        | GMT+02:00
            0 0 3 ? * 6#3        | UTC+2         | GMT+02:00
            0 0 3 1 * ?          | UTC           | UTC
            """)
    void aCronIsMeantInTheWorkspacesZone(String cron, String zone, String expected) throws Exception {
        StreamOptions options = new StreamOptions(true, Optional.empty(), Duration.ofHours(1), Optional.of(cron), 30, Optional.empty());
        try (ModelCamelContext context = new DefaultCamelContext()) {
            RouteDefinition route = new RouteDefinition().from("timer:cards");
            route.routeId("cards").to("log:cards");
            new Schedule(false, stream -> options, ZoneId.of(zone)).set(route, CARDS);
            context.addRouteDefinition(route);
            context.start();
            CronTrigger trigger = (CronTrigger) context.getComponent("quartz", QuartzComponent.class).getScheduler()
                    .getTrigger(TriggerKey.triggerKey("cards", "braze"));
            assertThat(trigger.getCronExpression()).isEqualTo(cron);
            assertThat(trigger.getTimeZone().getID()).isEqualTo(expected);
        }
    }
}
