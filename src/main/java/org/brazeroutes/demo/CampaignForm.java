package org.brazeroutes.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a campaign sends, and through what.
 *
 * @param empty    channels that hold an empty list
 * @param compared whether entries have a name and conversions of their own
 * @param extra    whether list, details and rows have fields that no document declares
 */
record CampaignForm(List<Variation> variations, List<String> empty, boolean compared, boolean archived, boolean draft,
        boolean extra) {

    /**
     * @param repeated has the id of the variation before it
     * @param later    appears in the series only from its middle on
     * @param buttons  has counters named after buttons and slides
     */
    record Variation(String channel, String name, boolean control, boolean repeated, boolean later, boolean buttons) {
    }

    /** One of each; a workspace repeats them in this order. */
    static final List<CampaignForm> ALL = List.of(
            of("email").withEmpty("sms"),
            of("ios_push"),
            variants("ios_push", 2).withControl("ios_push"),
            of("email", "ios_push", "android_push", "webhook").withEmpty("sms"),
            of("sms"),
            of("email").asArchived(),
            of("email").asDraft(),
            of("android_push"),
            of("trigger_in_app_message").asCompared(),
            of("email").with(new Variation("sms", "Variant 1", false, false, true, false)),
            of("content_cards"),
            of("email", Channels.UNKNOWN),
            of("web_push"),
            variants("ios_push", 0).with(new Variation("ios_push", "Variant 1", false, false, false, true))
                    .with(new Variation("ios_push", "Variant 1", false, true, false, false)),
            of("webhook"),
            of("email").asExtra(),
            of("whats_app"),
            of("kindle_push"),
            of("in_app_message"),
            variants("email", 1).withControl("email"));

    static CampaignForm of(String... channels) {
        List<Variation> variations = Arrays.stream(channels).map(channel -> plain(channel, "Variant 1")).toList();
        return new CampaignForm(variations, List.of(), false, false, false, false);
    }

    private static CampaignForm variants(String channel, int count) {
        CampaignForm form = of().asCompared();
        for (int i = 1; i <= count; i++) {
            form = form.with(plain(channel, "Variant " + i));
        }
        return form;
    }

    private static Variation plain(String channel, String name) {
        return new Variation(channel, name, false, false, false, false);
    }

    private CampaignForm with(Variation variation) {
        List<Variation> more = new ArrayList<>(variations);
        more.add(variation);
        return new CampaignForm(List.copyOf(more), empty, compared, archived, draft, extra);
    }

    private CampaignForm withControl(String channel) {
        return with(new Variation(channel, "Control Group", true, false, false, false));
    }

    private CampaignForm withEmpty(String channel) {
        return new CampaignForm(variations, List.of(channel), compared, archived, draft, extra);
    }

    private CampaignForm asCompared() {
        return new CampaignForm(variations, empty, true, archived, draft, extra);
    }

    private CampaignForm asArchived() {
        return new CampaignForm(variations, empty, compared, true, draft, extra);
    }

    private CampaignForm asDraft() {
        return new CampaignForm(variations, empty, compared, archived, true, extra);
    }

    private CampaignForm asExtra() {
        return new CampaignForm(variations, empty, compared, archived, draft, true);
    }
}
