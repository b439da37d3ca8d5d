package io.tidemark.route;

import io.tidemark.csv.ContentInfo;
import io.tidemark.csv.CsvRecord;
import io.tidemark.csv.CsvText;
import io.tidemark.sql.ClaimLostException;
import io.tidemark.system.ApiException;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.Step;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;

/** In place of the beans that the routes call: each notes what it was called with, and answers what the test wants. */
public final class RouteBeans {
    final List<String> notes = new CopyOnWriteArrayList<>();
    final Deque<ATurn> turns = new ConcurrentLinkedDeque<>();
    volatile List<Object> parts = List.of();
    volatile List<String> changes = List.of();
    volatile List<ABatch> joint = List.of();
    volatile List<String> absent = List.of();
    volatile String fileHost = "";
    volatile @Nullable Step<?> planned = Step.done("an answer");
    final Map<String, Exception> failures = new ConcurrentHashMap<>();

    /** Binds all but the ones that make calls. */
    void bind(Registry registry) {
        registry.bind("turns", new Turns());
        registry.bind("requests", new Requests());
        registry.bind("polls", new Polls());
        registry.bind("loads", new Loads());
        registry.bind("failures", new Failures());
        registry.bind("writes", new Writes());
        registry.bind("batches", new Batches());
        registry.bind("housekeeping", new Housekeeping());
        registry.bind("byHand", new ByHand());
        registry.bind("streamStore", new Store());
    }

    private void note(String call) throws Exception {
        notes.add(call);
        Exception wanted = failures.get(call);
        if (wanted != null) {
            throw wanted;
        }
    }

    public record ATurn(
            String step, boolean goesOn, @Nullable Step<?> farewell) {
        ATurn(String step, boolean goesOn) {
            this(step, goesOn, null);
        }

        public String source() {
            return "ea";
        }

        public AStream stream() {
            return new AStream("contacts");
        }
    }

    public record AStream(String name) {}

    public record ABatch(String name, boolean working) {
        public boolean isUnderWay() {
            return working;
        }
    }

    public final class Turns {
        public void renew() throws Exception {
            note("renew");
        }

        public boolean offers(@Body Map<String, Object> step) throws Exception {
            note("offers " + step.get("name"));
            return "contacts".equals(step.get("name"));
        }

        public @Nullable ATurn claim(@Body String stream) throws Exception {
            note("claim " + stream);
            return turns.poll();
        }

        public boolean leaves(@ExchangeProperty("turn") ATurn turn) {
            return turn.farewell() != null;
        }

        public @Nullable Step<?> farewell(@ExchangeProperty("turn") ATurn turn) {
            return turn.farewell();
        }

        public void end(@ExchangeProperty("turn") ATurn turn) throws Exception {
            note("end " + turn.step());
        }
    }

    public final class Requests {
        public Step<String> introduce(@ExchangeProperty("turn") ATurn turn) throws Exception {
            note("introduce");
            return Step.done("an introduction");
        }

        public void introduced(@Body String known) throws Exception {
            note("introduced by " + known);
        }

        public @Nullable Step<?> plan(@ExchangeProperty("turn") ATurn turn) throws Exception {
            note("plan");
            return planned;
        }

        public void requested(@Body Object answer) throws Exception {
            note("requested with " + answer);
        }
    }

    public final class Writes {
        public Step<String> introduce(@ExchangeProperty("turn") ATurn turn) throws Exception {
            note("writable");
            return Step.done("what can be written");
        }

        public List<ABatch> take(@Body String writable) throws Exception {
            note("take");
            return joint;
        }

        public List<String> alone() throws Exception {
            note("alone");
            return changes;
        }

        public Step<String> look(@ExchangeProperty("change") String change) throws Exception {
            note("look at " + change);
            return Step.done("a record");
        }

        public @Nullable Step<?> prepare(@ExchangeProperty("change") String change, @Body String seen)
                throws Exception {
            note("prepare " + change);
            return change.startsWith("done") ? null : Step.done("an answer");
        }

        public void settle(@ExchangeProperty("change") String change, @Body String answer) throws Exception {
            note("settle " + change);
        }

        public void refused(@ExchangeProperty("change") String change) throws Exception {
            note("refused " + change);
        }

        public void later(
                @ExchangeProperty("change") String change, @ExchangeProperty("CamelExceptionCaught") Exception caught)
                throws Exception {
            if (caught instanceof ApiException.Denied || caught instanceof ClaimLostException) {
                throw caught;
            }
            note("later " + change);
        }

        public void end() throws Exception {
            note("end of the round");
        }
    }

    public final class Batches {
        public Step<String> look(@ExchangeProperty("batch") ABatch batch) throws Exception {
            note("look at all of " + batch.name());
            return Step.done("records");
        }

        public @Nullable Step<?> prepare(@ExchangeProperty("batch") ABatch batch, @Body String seen) throws Exception {
            note("prepare all of " + batch.name());
            return batch.name().startsWith("done") ? null : Step.done("an answer");
        }

        public Step<String> goOn(@ExchangeProperty("batch") ABatch batch) throws Exception {
            note("go on with " + batch.name());
            return Step.done("an answer");
        }

        public void settle(@ExchangeProperty("batch") ABatch batch, @Body String answer) throws Exception {
            note("settle all of " + batch.name());
        }

        public void later(@ExchangeProperty("batch") ABatch batch) throws Exception {
            note("later all of " + batch.name());
        }
    }

    public final class Polls {
        public Step<String> ask(@ExchangeProperty("turn") ATurn turn) throws Exception {
            note("ask");
            return Step.done("a status");
        }

        public void polled(@Body String status) throws Exception {
            note("polled with " + status);
        }
    }

    public final class Loads {
        private @Nullable CsvText text;

        public List<Object> begin(@Body String status) throws Exception {
            note("begin with " + status);
            return parts;
        }

        public void address(@Body String file, Exchange exchange) throws Exception {
            note("address of " + file);
            exchange.setProperty("way", file.startsWith("own") ? "fetch" : "download");
            exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "GET");
            exchange.getMessage().setHeader(Exchange.HTTP_URI, fileHost + "/" + file);
            exchange.getMessage().setBody(null);
        }

        public void open(Exchange exchange) throws Exception {
            note("open");
            text = CsvText.open(exchange.getMessage().getBody(InputStream.class), ContentInfo.unknown("file"));
        }

        public boolean more(Exchange exchange) {
            return exchange.getException() == null && text != null;
        }

        public @Nullable Object next() {
            Object next = text;
            text = null;
            return next;
        }

        public Step<Page> firstPage(@Body ExportPages pages) throws Exception {
            note("first page");
            return pages.first();
        }

        public boolean anotherPage(Exchange exchange) {
            return exchange.getException() == null && exchange.getMessage().getBody() instanceof Step<?>;
        }

        public @Nullable Step<Page> page(@Body Page page) throws Exception {
            note("page of " + page.rows().size());
            return page.next().map(Supplier::get).orElse(null);
        }

        public void stage(@Body Iterator<?> records) throws Exception {
            note("stage " + words(records));
        }

        public List<String> missing() throws Exception {
            note("missing");
            return absent;
        }

        public Step<String> look(@ExchangeProperty("key") String key) throws Exception {
            note("look at " + key);
            return Step.done("a record");
        }

        public void looked(@ExchangeProperty("key") String key, @Body String present) throws Exception {
            note("looked at " + key + ", " + present);
        }

        public void commit() throws Exception {
            note("commit");
        }
    }

    public final class Failures {
        public void lost(Exchange exchange) throws Exception {
            failed("lost", exchange);
        }

        public void stopped(Exchange exchange) throws Exception {
            failed("stopped", exchange);
        }

        public void braked(Exchange exchange) throws Exception {
            failed("braked", exchange);
        }

        public void mismatched(Exchange exchange) throws Exception {
            failed("mismatched", exchange);
        }

        public void unheard(Exchange exchange) throws Exception {
            failed("unheard", exchange);
        }

        public void tooMuch(Exchange exchange) throws Exception {
            failed("tooMuch", exchange);
        }

        public void linkDead(Exchange exchange) throws Exception {
            failed("linkDead", exchange);
        }

        public void fileBroken(Exchange exchange) throws Exception {
            failed("fileBroken", exchange);
        }

        public void later(Exchange exchange) throws Exception {
            failed("later", exchange);
        }

        public void failed(Exchange exchange) throws Exception {
            failed("failed", exchange);
        }

        public void outside(Exchange exchange) throws Exception {
            failed("outside", exchange);
        }

        private void failed(String how, Exchange exchange) throws Exception {
            Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            Throwable known = caught;
            while (known.getCause() != null && known.getClass().getName().startsWith("org.apache.camel.")) {
                known = known.getCause();
            }
            note(how + ": " + known.getClass().getSimpleName());
        }
    }

    public final class Housekeeping {
        public void purge() throws Exception {
            note("purge");
        }
    }

    public final class ByHand {
        public void read(@Body Iterator<?> records) throws Exception {
            note("read " + words(records));
        }
    }

    public final class Store {
        public void due(@Body String stream) throws Exception {
            note("due " + stream);
        }

        public void outboundDue(@Body String stream) throws Exception {
            note("outbound due " + stream);
        }

        public void reconcile(@Body String stream) throws Exception {
            note("reconcile " + stream);
        }
    }

    private static String words(Iterator<?> records) {
        var words = new ArrayDeque<String>();
        records.forEachRemaining(record -> words.add(String.join("+", ((CsvRecord) record).cells())));
        return String.join(" ", words);
    }
}
