package org.brazeroutes.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The simulated endpoints with the stream each one feeds. */
enum Endpoint {
    CAMPAIGNS_LIST("/campaigns/list", Kind.CAMPAIGN),
    CAMPAIGNS_DETAILS("/campaigns/details", Kind.CAMPAIGN),
    CAMPAIGNS_SERIES("/campaigns/data_series", Kind.CAMPAIGN),
    CANVAS_LIST("/canvas/list", Kind.CANVAS),
    CANVAS_DETAILS("/canvas/details", Kind.CANVAS),
    CANVAS_SERIES("/canvas/data_series", Kind.CANVAS),
    EVENTS_LIST("/events/list", Kind.EVENT),
    EVENTS_SERIES("/events/data_series", Kind.EVENT),
    FEED_LIST("/feed/list", Kind.CARD),
    FEED_SERIES("/feed/data_series", Kind.CARD),
    SEGMENTS_LIST("/segments/list", Kind.SEGMENT),
    SEGMENTS_DETAILS("/segments/details", Kind.SEGMENT),
    SEGMENTS_SERIES("/segments/data_series", Kind.SEGMENT),
    KPI_NEW_USERS("/kpi/new_users/data_series", "kpi_daily_new_users", "new_users"),
    KPI_DAU("/kpi/dau/data_series", "kpi_daily_active_users", "dau"),
    KPI_MAU("/kpi/mau/data_series", "kpi_monthly_active_users", "mau"),
    KPI_UNINSTALLS("/kpi/uninstalls/data_series", "kpi_daily_app_uninstalls", "uninstalls");

    private static final Map<String, Endpoint> BY_PATH =
            Arrays.stream(values()).collect(Collectors.toMap(Endpoint::path, Function.identity()));

    private final String path;
    private final Kind kind;
    private final String stream;
    private final String valueField;

    Endpoint(String path, Kind kind) {
        this.path = path;
        this.kind = kind;
        this.stream = path.endsWith("/list") ? kind.stream() : path.endsWith("/details") ? kind.details() : kind.analytics();
        this.valueField = null;
    }

    Endpoint(String path, String stream, String valueField) {
        this.path = path;
        this.kind = null;
        this.stream = stream;
        this.valueField = valueField;
    }

    static Endpoint at(String path) {
        return BY_PATH.get(path);
    }

    static Endpoint details(Kind kind) {
        return Arrays.stream(values()).filter(endpoint -> endpoint.kind == kind && endpoint.isDetails()).findFirst().orElse(null);
    }

    static List<Endpoint> kpis() {
        return Arrays.stream(values()).filter(endpoint -> endpoint.kind == null).toList();
    }

    String path() {
        return path;
    }

    /** Null for KPIs. */
    Kind kind() {
        return kind;
    }

    String stream() {
        return stream;
    }

    String valueField() {
        return valueField;
    }

    boolean isList() {
        return path.endsWith("/list");
    }

    boolean isDetails() {
        return path.endsWith("/details");
    }

    String permission() {
        return path.substring(1).replace('/', '.');
    }

    String bucket() {
        return switch (this) {
            case CAMPAIGNS_SERIES -> RateLimit.CAMPAIGN_SERIES;
            case EVENTS_LIST -> RateLimit.NAMES;
            default -> RateLimit.DEFAULT;
        };
    }
}
