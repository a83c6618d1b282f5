package org.brazeroutes.demo;

import static java.util.Map.entry;
import static org.brazeroutes.demo.Counter.count;
import static org.brazeroutes.demo.Counter.late;
import static org.brazeroutes.demo.Counter.money;

import java.util.LinkedHashMap;
import java.util.Map;

/** The counters of each channel and those a campaign, a canvas or a compared variation has beside them. */
final class Channels {
    /** A channel no document knows: a client must carry it along. */
    static final String UNKNOWN = "a_channel_added_later";

    private static final Map<String, Counter> PUSH = counters(
            "sent", 1000, "direct_opens", 34, "total_opens", 81, "bounces", 13, "body_clicks", 31);
    private static final Map<String, Counter> IN_APP = counters(
            "impressions", 1000, "clicks", 180, "first_button_clicks", 120, "second_button_clicks", 50);

    private static final Map<String, Map<String, Counter>> COUNTERS = Map.ofEntries(
            entry("email", counters("sent", 1000, "opens", 430, "machine_open", 123, "unique_opens", 307,
                    "machine_amp_open", 2, "clicks", 51, "unique_clicks", 41, "unsubscribes", 6, "bounces", 8,
                    "delivered", 992, "reported_spam", 1)),
            entry("ios_push", PUSH), entry("android_push", PUSH), entry("web_push", PUSH), entry("kindle_push", PUSH),
            entry("sms", counters("sent", 1000, "sent_to_carrier", 995, "delivered", 978, "rejected", 5,
                    "delivery_failed", 17, "clicks", 60, "opt_out", 3, "help", 1)),
            entry("whats_app", counters("sent", 1000, "delivered", 980, "failed", 20, "read", 620)),
            entry("webhook", counters("sent", 1000, "errors", 12)),
            entry("content_cards", counters("sent", 1000, "total_clicks", 90, "total_dismissals", 41,
                    "total_impressions", 1300, "unique_clicks", 70, "unique_dismissals", 40, "unique_impressions", 800)),
            entry("trigger_in_app_message", IN_APP), entry("in_app_message", IN_APP),
            entry(UNKNOWN, counters("sent", 1000, "some_new_counter", 140)));

    private Channels() {
    }

    static Map<String, Counter> counters(String channel) {
        return COUNTERS.getOrDefault(channel, COUNTERS.get(UNKNOWN));
    }

    /** The totals of a campaign's row. */
    static Map<String, Counter> campaignTotals() {
        Map<String, Counter> totals = new LinkedHashMap<>();
        totals.put("conversions_by_send_time", late(70));
        totals.put("conversions1_by_send_time", late(33));
        totals.put("conversions2_by_send_time", late(11));
        totals.put("conversions3_by_send_time", late(0));
        totals.put("conversions", count(67));
        totals.put("conversions1", count(32));
        totals.put("conversions2", count(10));
        totals.put("conversions3", count(0));
        totals.put("unique_recipients", count(980));
        totals.put("revenue", money(3507));
        return totals;
    }

    /** What an entry has in addition in a multivariate campaign or beside a control group. */
    static Map<String, Counter> comparison() {
        Map<String, Counter> fields = new LinkedHashMap<>();
        fields.put("revenue", money(2003));
        fields.put("unique_recipients", count(970));
        fields.put("conversions", count(50));
        fields.put("conversions_by_send_time", late(52));
        fields.put("conversions1", count(25));
        fields.put("conversions1_by_send_time", late(26));
        fields.put("conversions2", count(7));
        fields.put("conversions2_by_send_time", late(8));
        fields.put("conversions3", count(0));
        fields.put("conversions3_by_send_time", late(0));
        return fields;
    }

    private static Map<String, Counter> counters(Object... namesAndThousandths) {
        Map<String, Counter> counters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndThousandths.length; i += 2) {
            counters.put((String) namesAndThousandths[i], count((Integer) namesAndThousandths[i + 1]));
        }
        return counters;
    }
}
