package io.tidemark.command;

/** A daemon in this process, on a thread of its own. */
final class RunningDaemon implements AutoCloseable {
    private final Workplace workplace;
    private final Daemon daemon;
    private final Thread thread;

    RunningDaemon(Trial trial) throws InterruptedException {
        workplace = trial.open();
        daemon = new Daemon(workplace);
        thread = new Thread(daemon::run, "daemon");
        thread.start();
        daemon.awaitStarted();
    }

    Workplace workplace() {
        return workplace;
    }

    Daemon daemon() {
        return daemon;
    }

    @Override
    public void close() {
        daemon.stop();
        try {
            thread.join(60_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        workplace.close();
    }
}
