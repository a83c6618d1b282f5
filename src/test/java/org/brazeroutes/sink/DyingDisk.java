package org.brazeroutes.sink;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** A disk under a process that dies before one of its steps: that step and all later ones do not happen; a write happens by half. */
final class DyingDisk implements Disk {

    /** The process is dead. */
    static final class Killed extends RuntimeException {
        Killed(String step) {
            super("killed before " + step);
        }
    }

    private final Disk disk = new LocalDisk();
    private final int lastStep;
    private int steps;

    DyingDisk(int lastStep) {
        this.lastStep = lastStep;
    }

    boolean died() {
        return steps > lastStep;
    }

    private void step(String what) {
        if (steps++ >= lastStep) {
            throw new Killed(what);
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        step("creating " + directory);
        disk.createDirectories(directory);
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        step("creating " + file);
        return new FilterOutputStream(disk.create(file)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    step("writing " + file);
                } catch (Killed e) {
                    out.write(bytes, offset, length / 2);
                    throw e;
                }
                out.write(bytes, offset, length);
            }
        };
    }

    @Override
    public void sync(Path file) throws IOException {
        step("syncing " + file);
        disk.sync(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step("syncing " + directory);
        disk.syncDirectory(directory);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step("renaming " + from);
        disk.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        step("deleting " + file);
        disk.delete(file);
    }

    @Override
    public boolean exists(Path file) {
        step("looking for " + file);
        return disk.exists(file);
    }

    @Override
    public List<String> names(Path directory) throws IOException {
        step("listing " + directory);
        return disk.names(directory);
    }
}
