package org.brazeroutes.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Unnest;

/** The columns of unnested tables: the counters that Braze's documentation of the two series endpoints lists. */
final class UnnestedColumns {

    private static final List<String> CHANNEL_COUNTERS = List.of(
            // email
            "sent", "opens", "unique_opens", "clicks", "unique_clicks", "unsubscribes", "bounces", "delivered",
            "reported_spam", "machine_open", "machine_amp_open",
            // push
            "direct_opens", "total_opens", "body_clicks",
            // SMS, WhatsApp, webhook
            "sent_to_carrier", "rejected", "delivery_failed", "undelivered", "opt_out", "help", "failed", "read_count", "errors",
            // content cards, in-app messages
            "total_clicks", "total_dismissals", "total_impressions", "unique_dismissals", "unique_impressions",
            "impressions", "first_button_clicks", "second_button_clicks",
            // multivariate campaigns and control groups
            "enrolled", "unique_recipients", "conversions", "conversions_by_send_time", "conversions1",
            "conversions1_by_send_time", "conversions2", "conversions2_by_send_time", "conversions3",
            "conversions3_by_send_time");

    private static final List<String> ENTRY_COUNTERS = List.of("conversions", "conversions_by_entry_time", "entries");

    /** Fields with columns of another name: {@code read} is a reserved word in some databases. */
    static final Map<String, String> RENAMED = Map.of("read", "read_count");

    private UnnestedColumns() {
    }

    /** Text columns, then the counters, then revenue. */
    static List<Column> of(Unnest unnest) {
        List<String> texts = unnest.endsInList() ? List.of("variation_api_id", "variation_name") : List.of("name");
        List<String> counters = unnest.endsInList() ? CHANNEL_COUNTERS : ENTRY_COUNTERS;
        List<Column> columns = new ArrayList<>();
        texts.forEach(name -> columns.add(new Column(name, ColumnType.STRING)));
        counters.forEach(name -> columns.add(new Column(name, ColumnType.INTEGER)));
        columns.add(new Column("revenue", ColumnType.NUMBER));
        return columns;
    }
}
