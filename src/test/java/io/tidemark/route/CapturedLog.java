package io.tidemark.route;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, stack traces included. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final Logger own = root.getLoggerContext().getLogger("io.tidemark");
    private final @Nullable Level before = own.getLevel();

    CapturedLog() {
        if (own.getEffectiveLevel().isGreaterOrEqual(Level.INFO)) {
            own.setLevel(Level.INFO);
        }
        setContext(root.getLoggerContext());
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        String trace = thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown);
        lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + trace);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    boolean said(String words) {
        return lines.stream().anyMatch(line -> line.contains(words));
    }

    /** The warnings and errors of the bridge itself, without the logger's name. */
    List<String> warnings() {
        return lines.stream()
                .filter(line -> line.startsWith(Level.WARN + " ") || line.startsWith(Level.ERROR + " "))
                .map(line -> line.split(" ", 3)[2])
                .toList();
    }

    @Override
    @SuppressWarnings("NullAway") // a logger without a level of its own takes its parent's
    public void close() {
        own.setLevel(before);
        root.detachAppender(this);
        stop();
    }
}
