package org.brazeroutes.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.InteractiveConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.brazeroutes.camel.Engine;
import org.brazeroutes.pass.PassProgress;
import org.brazeroutes.pass.PassResult;

/** One live line for each running stream: partitions, records, requests, the wait for Braze's limit, the time left. */
final class LiveProgress implements Progress {

    private static final int REFRESH_MS = 250;
    private static final int NAME_WIDTH = 26;

    private final PrintStream terminal;
    private final Map<String, ProgressBar> bars = new LinkedHashMap<>();
    private final ScheduledExecutorService refresh = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    LiveProgress(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void follow(Engine engine) {
        refresh.scheduleAtFixedRate(() -> show(engine), REFRESH_MS, REFRESH_MS, TimeUnit.MILLISECONDS);
    }

    private synchronized void show(Engine engine) {
        for (PassProgress progress : engine.progress()) {
            if (progress.requests() == 0) {
                // a stream that waits for another has nothing to show
                continue;
            }
            ProgressBar bar = bars.computeIfAbsent(progress.stream(), this::bar);
            bar.maxHint(Math.max(1, progress.partitions()));
            bar.stepTo(progress.done());
            bar.setExtraMessage(extra(progress));
        }
    }

    private ProgressBar bar(String stream) {
        return new ProgressBarBuilder().setTaskName(String.format("%-" + NAME_WIDTH + "s", stream)).setInitialMax(1)
                .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(REFRESH_MS).continuousUpdate()
                .setConsumer(new InteractiveConsoleProgressBarConsumer(terminal)).build();
    }

    private static String extra(PassProgress progress) {
        String wait = progress.waitUntil() == null ? "" : ", limit: " + Words.time(Duration.between(Instant.now(), progress.waitUntil()));
        return progress.records() + " rec, " + progress.requests() + " req" + wait;
    }

    @Override
    public synchronized void ended(PassResult result) {
        ProgressBar bar = bars.remove(result.stream());
        if (bar != null) {
            if (result.result().good()) {
                bar.stepTo(bar.getMax());
            }
            bar.setExtraMessage(result.records() + " rec, " + result.requests() + " req, " + result.result().text());
            bar.close();
        }
    }

    @Override
    public synchronized void close() {
        refresh.shutdownNow();
        bars.values().forEach(ProgressBar::close);
        bars.clear();
    }
}
