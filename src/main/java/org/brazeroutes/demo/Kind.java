package org.brazeroutes.demo;

/** What a workspace holds; events are identified by their name, all others by a UUID. */
enum Kind {
    CAMPAIGN("campaigns", "campaign_id", "Campaign"),
    CANVAS("canvases", "canvas_id", "Canvas"),
    SEGMENT("segments", "segment_id", "Segment"),
    CARD("cards", "card_id", "Card"),
    EVENT("events", "event_name", "Event");

    private final String stream;
    private final String key;
    private final String word;

    Kind(String stream, String key, String word) {
        this.stream = stream;
        this.key = key;
        this.word = word;
    }

    String stream() {
        return stream;
    }

    String details() {
        return stream + "_details";
    }

    String analytics() {
        return stream + "_analytics";
    }

    /** The column that carries the object's id in records of its details and its analytics. */
    String key() {
        return key;
    }

    String word() {
        return word;
    }
}
