package org.brazeroutes.cli;

import java.util.List;
import java.util.Map;

/**
 * What the commands do once their line is parsed. Each returns an {@link ExitCode}; what it throws becomes one line on
 * standard error: settings that are wrong end with 2, everything else with 1.
 */
interface Commands {

    /** Every enabled stream on its own schedule until stopped. */
    int run(Call call);

    /** One pass of the named streams, or of the enabled ones if none is named. */
    int sync(Call call, List<String> streams);

    /** Tries settings, key, permissions, sink and state store. */
    int check(Call call);

    /** Prints the catalogue. Endpoint and key may be missing. */
    int streams(Call call);

    /** Prints what the last syncs did. Endpoint and key may be missing. */
    int status(Call call);

    /** Forgets what was read of these streams. Endpoint and key may be missing. */
    int reset(Call call, List<String> streams, boolean yes, boolean drop);

    /**
     * Simulator and sync, offline.
     *
     * @param set what {@code --set} gave, for {@link org.brazeroutes.settings.Settings#explicit}: nothing of Braze's login, sink or state
     */
    int demo(Map<String, String> set, Console console, boolean json, boolean debug);
}
