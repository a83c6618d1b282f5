package org.brazeroutes.cli;

import org.brazeroutes.settings.Settings;

/** What every command gets: its settings, where it prints, whether results are JSON, and whether stack traces are wanted. */
record Call(Settings settings, Console console, boolean json, boolean debug) {
}
