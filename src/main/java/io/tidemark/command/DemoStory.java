package io.tidemark.command;

import io.tidemark.route.Listener;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.sql.CycleEnd.Counts;
import io.tidemark.sql.Waiting;
import io.tidemark.sql.Waiting.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** What happens in the demo, told in plain words: somebody edits on one side, and it arrives on the other; two do at once, and a rule settles it. */
final class DemoStory implements Listener {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EveryActionSandbox sandbox;
    private final List<DemoNeighbour> neighbours;
    private final Workplace workplace;
    private final Consumer<String> say;
    private final BlockingQueue<Counts> committed = new LinkedBlockingQueue<>();

    DemoStory(EveryActionSandbox sandbox, List<DemoNeighbour> neighbours, Workplace workplace, Consumer<String> say) {
        this.neighbours = neighbours;
        this.sandbox = sandbox;
        this.workplace = workplace;
        this.say = say;
    }

    void begin() {
        say.accept("A pretended EveryAction runs at " + sandbox.baseUrl() + " with "
                + sandbox.keys("Contacts", true).size() + " contacts.");
        say.accept("The database is " + workplace.database().place() + " (H2; user sa, no password),");
        say.accept("the stream 'contacts' keeps its table CONTACTS the same, both ways, every few seconds.");
        neighbours.forEach(neighbour -> say.accept("Beside it a pretended " + neighbour.vendor() + " at "
                + neighbour.sandbox().baseUrl() + ", stream and table '" + neighbour.stream() + "'."));
        say.accept("");
    }

    /** Tells the first round, and the following ones unless it is to be over then; false if it does not go on. */
    boolean tell(CamelContext context, boolean once) throws InterruptedException {
        List<Long> contacts = inbound(context);
        if (!outbound(context, contacts.get(1))
                || !created(context)
                || !conflict(context, contacts.get(2))
                || !neighbours(context)) {
            say.accept("That did not happen within " + PATIENCE + "; 'status' may say why.");
            return false;
        }
        if (once) {
            say.accept("One complete round, both ways. Without --once the demo goes on.");
            return true;
        }
        more(context, contacts.get(3));
        return true;
    }

    private boolean neighbours(CamelContext context) throws InterruptedException {
        for (DemoNeighbour neighbour : neighbours) {
            if (!tell(context, neighbour)) {
                return false;
            }
        }
        return true;
    }

    private boolean tell(CamelContext context, DemoNeighbour neighbour) throws InterruptedException {
        String table = neighbour.stream();
        List<String> keys = neighbour.keys().get();
        if (!within(() -> query(context, "select id from " + table).size() >= keys.size())) {
            return false;
        }
        say.accept(neighbour.vendor() + ": " + keys.size() + " " + table + " have arrived.");
        String column = neighbour.column();
        String here = keys.get(0);
        query(context, "update " + table + " set " + column + " = 'Changed Here' where id = '" + here + "'");
        if (!within(() -> neighbour.text().apply(here).equals(Optional.of("Changed Here")))) {
            return false;
        }
        say.accept("    " + here + " was changed in the database, and " + neighbour.vendor() + " has it.");
        String there = keys.get(1);
        neighbour.edit().accept(there, "Changed There");
        String arrived = "select id, " + column + " from " + table + " where id = '" + there + "' and " + column
                + " = 'Changed There'";
        if (!within(() -> !query(context, arrived).isEmpty())) {
            return false;
        }
        say.accept("    " + there + " was changed at " + neighbour.vendor() + ", and the table has it:");
        show(context, arrived);
        return true;
    }

    private List<Long> inbound(CamelContext context) throws InterruptedException {
        Counts first = nextWith(counts -> true);
        say.accept("The first window reached back 90 days: " + first.inserted() + " contacts arrived.");
        show(
                context,
                "select van_id, first_name, last_name, email from contacts order by van_id fetch first 3 rows only");

        List<Long> contacts = sandbox.keys("Contacts", false);
        sandbox.edit("Contacts", contacts.get(0), Map.of("Email", "new.address@example.org"));
        say.accept("Somebody changes the email of contact " + contacts.get(0) + " at EveryAction.");
        nextWith(counts -> counts.updated() > 0);
        say.accept("It has arrived; rows that came again unchanged were not written:");
        show(context, "select van_id, first_name, email from contacts where van_id = " + contacts.get(0));
        return contacts;
    }

    private boolean outbound(CamelContext context, long contact) throws InterruptedException {
        say.accept("Somebody changes the last name of contact " + contact + " in the database, with plain SQL.");
        query(context, "update contacts set last_name = 'Hier' where van_id = " + contact);
        if (!within(() -> "Hier".equals(remote(contact, "LastName")))) {
            return false;
        }
        say.accept("EveryAction has it: only that field was sent, and it does not come back as a change.");
        say.accept("    " + contact + " LastName=" + remote(contact, "LastName"));
        say.accept("");
        return true;
    }

    private boolean created(CamelContext context) throws InterruptedException {
        say.accept("Somebody inserts a row without a key: Ada Neu, ada.neu@example.org.");
        query(
                context,
                "insert into contacts (first_name, last_name, email) values ('Ada', 'Neu', 'ada.neu@example.org')");
        String named = "select van_id, first_name, last_name from contacts"
                + " where email = 'ada.neu@example.org' and van_id is not null";
        if (!within(() -> !query(context, named).isEmpty())) {
            return false;
        }
        long people = sandbox.keys("Contacts", false).stream()
                .filter(key -> "ada.neu@example.org".equals(remote(key, "Email")))
                .count();
        say.accept(
                "EveryAction created her " + (people == 1 ? "once" : people + " times") + ", and the row has its key:");
        show(context, named);
        return true;
    }

    /** The stream stands still for a moment, so that neither edit is older news to the other side. */
    private boolean conflict(CamelContext context, long contact) throws InterruptedException {
        workplace.store().pause("contacts");
        query(context, "update contacts set first_name = 'Here' where van_id = " + contact);
        sandbox.edit("Contacts", contact, Map.of("FirstName", "There"));
        workplace.store().resume("contacts");
        say.accept("Two people change the first name of contact " + contact
                + " at the same time: to Here in the database, to There at EveryAction.");
        var waiting = new Waiting(workplace.database());
        if (!within(() -> !waiting.conflicts("contacts", true, 1).isEmpty())) {
            return false;
        }
        Recorded noted = waiting.conflicts("contacts", true, 1).get(0);
        say.accept(
                "That is a conflict. This stream's rule is " + noted.rule()
                        + ", so EveryAction's value stays on both sides. Nothing is lost: the other one is kept with the conflict,");
        say.accept("    was " + noted.base() + ", here " + noted.local() + ", there " + noted.remote()
                + ", settled for the " + noted.outcome());
        show(context, "select van_id, first_name from contacts where van_id = " + contact);
        return "There".equals(remote(contact, "FirstName"));
    }

    private void more(CamelContext context, long contact) throws InterruptedException {
        long added = sandbox.put("Contacts", Map.of("FirstName", "Nova", "LastName", "Beispiel", "ContactMode", "1"));
        say.accept("Somebody adds contact " + added + ", Nova Beispiel, at EveryAction.");
        nextWith(counts -> counts.inserted() > 0);
        show(context, "select van_id, first_name, last_name from contacts where van_id = " + added);

        sandbox.suppress(contact);
        say.accept("Somebody suppresses contact " + contact + ".");
        nextWith(counts -> counts.deleted() > 0);
        say.accept("Its row stays, marked as deleted; the view CONTACTS_CURRENT no longer shows it:");
        show(context, "select van_id, tidemark_deleted_at from contacts where van_id = " + contact);
        say.accept("While this runs, look for yourself from another terminal:");
        say.accept("  ./tidemark --config data/demo/application.properties status");
        say.accept("  ./tidemark --config data/demo/application.properties conflicts --all");
    }

    private @Nullable String remote(long contact, String field) {
        return sandbox.record("Contacts", contact)
                .map(record -> record.get(field))
                .orElse(null);
    }

    private boolean within(BooleanSupplier happened) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            workplace.proceed();
            if (System.nanoTime() > deadline) {
                return false;
            }
            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private Counts nextWith(Predicate<Counts> wanted) throws InterruptedException {
        while (true) {
            workplace.proceed();
            Counts counts = committed.poll(100, TimeUnit.MILLISECONDS);
            if (counts != null && wanted.test(counts)) {
                return counts;
            }
        }
    }

    private void show(CamelContext context, String query) {
        query(context, query).forEach(row -> say.accept("    " + row));
        say.accept("");
    }

    /** As anybody with a SQL client would. */
    private static List<?> query(CamelContext context, String sql) {
        Object rows = context.createFluentProducerTemplate()
                .to("jdbc:tidemark")
                .withBody(sql)
                .request(Object.class);
        return rows instanceof List<?> list ? list : List.of();
    }

    @Override
    public void committed(String stream, Counts counts, long jobMillis, long loadMillis) {
        if (stream.equals("contacts")) {
            committed.add(counts);
        }
    }

    @Override
    public void failed(String stream, String reason) {
        say.accept("A cycle of " + stream + " failed: " + reason);
    }

    @Override
    public void stopped(String stream, String reason) {
        say.accept("The stream " + stream + " stopped: " + reason);
    }

    @Override
    public void braked(String stream, String reason) {
        say.accept("The brake of " + stream + ": " + reason);
    }
}
