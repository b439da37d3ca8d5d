package io.tidemark.command;

import io.tidemark.route.Listener;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.sql.CycleEnd.Counts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;

/** What happens in the demo, told in plain words: somebody edits at EveryAction, and it arrives in the database. */
final class DemoStory implements Listener {
    private final EveryActionSandbox sandbox;
    private final Workplace workplace;
    private final Consumer<String> say;
    private final BlockingQueue<Counts> committed = new LinkedBlockingQueue<>();

    DemoStory(EveryActionSandbox sandbox, Workplace workplace, Consumer<String> say) {
        this.sandbox = sandbox;
        this.workplace = workplace;
        this.say = say;
    }

    void begin() {
        say.accept("A pretended EveryAction runs at " + sandbox.baseUrl() + " with "
                + sandbox.keys("Contacts", true).size() + " contacts.");
        say.accept("The database is " + workplace.database().place() + " (H2; user sa, no password),");
        say.accept("the stream 'contacts' keeps its table CONTACTS the same, every three seconds.");
        say.accept("");
    }

    /** Tells the first round, and the following ones unless it is to be over then. */
    void tell(CamelContext context, boolean once) throws InterruptedException {
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
        if (once) {
            say.accept("One complete round. Without --once the demo goes on.");
            return;
        }

        long added = sandbox.put("Contacts", Map.of("FirstName", "Nova", "LastName", "Beispiel", "ContactMode", "1"));
        say.accept("Somebody adds contact " + added + ", Nova Beispiel.");
        nextWith(counts -> counts.inserted() > 0);
        show(context, "select van_id, first_name, last_name from contacts where van_id = " + added);

        sandbox.suppress(contacts.get(1));
        say.accept("Somebody suppresses contact " + contacts.get(1) + ".");
        nextWith(counts -> counts.deleted() > 0);
        say.accept("Its row stays, marked as deleted; the view CONTACTS_CURRENT no longer shows it:");
        show(context, "select van_id, tidemark_deleted_at from contacts where van_id = " + contacts.get(1));
        say.accept("While this runs, look for yourself from another terminal:");
        say.accept("  ./tidemark --config data/demo/application.properties status");
    }

    private Counts nextWith(java.util.function.Predicate<Counts> wanted) throws InterruptedException {
        while (true) {
            Counts counts = committed.take();
            if (wanted.test(counts)) {
                return counts;
            }
        }
    }

    private void show(CamelContext context, String query) {
        List<?> rows = context.createFluentProducerTemplate()
                .to("jdbc:tidemark")
                .withBody(query)
                .request(List.class);
        rows.forEach(row -> say.accept("    " + row));
        say.accept("");
    }

    @Override
    public void committed(String stream, Counts counts, long jobMillis, long loadMillis) {
        committed.add(counts);
    }

    @Override
    public void failed(String stream, String reason) {
        say.accept("A cycle failed: " + reason);
    }

    @Override
    public void stopped(String stream, String reason) {
        say.accept("The stream stopped: " + reason);
    }

    @Override
    public void braked(String stream, String reason) {
        say.accept("The stream's brake: " + reason);
    }
}
