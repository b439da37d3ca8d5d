package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidemark.sandbox.Switches;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Selects contacts or people. A filter that is not known here is passed over, as there. */
final class Filter {
    static final List<String> ACTIVE = List.of(
            "Never Contacted",
            "Ask in Future",
            "Cultivate Relationship",
            "Contact for Appointment",
            "Appointment Scheduled",
            "Call for Decision",
            "Partner - Financial",
            "Partner - Special",
            "Partner - Pray");
    static final List<String> HIDDEN =
            List.of("Not Interested", "Unresponsive", "Never Ask", "Research Abandoned", "Expired Referral");

    private final Map<String, JsonNode> wanted;
    private final Switches switches;
    private final Records records;
    private final Optional<DateRange> updated;

    Filter(Map<String, JsonNode> wanted, Switches switches, Records records) {
        this.wanted = wanted;
        this.switches = switches;
        this.records = records;
        this.updated = Optional.ofNullable(wanted.get("updated_at"))
                .map(JsonNode::asText)
                .map(DateRange::of);
    }

    /** Refuses an account list that the user cannot see. */
    Filter allowedTo(ApiUser user) {
        values("account_list_id").stream().filter(list -> !user.sees(list)).forEach(list -> {
            throw ApiError.forbidden("you may not see that account list");
        });
        return this;
    }

    List<Entity> contacts(ApiUser user) {
        return records.all(Kind.CONTACT).stream()
                .filter(contact -> user.sees(contact.parent()))
                .filter(this::holdsContact)
                .toList();
    }

    List<Entity> people(ApiUser user) {
        return records.all(Kind.PERSON).stream()
                .filter(person -> person.parents().stream().anyMatch(contact -> isSeen(contact, user)))
                .filter(this::isAsked)
                .toList();
    }

    private boolean isSeen(String contact, ApiUser user) {
        return records.find(Kind.CONTACT, contact)
                .filter(found -> user.sees(found.parent()))
                .filter(found -> values("account_list_id").isEmpty()
                        || values("account_list_id").contains(found.parent()))
                .isPresent();
    }

    private boolean holdsContact(Entity contact) {
        return isAsked(contact)
                && (values("account_list_id").isEmpty()
                        || values("account_list_id").contains(contact.parent()))
                && holdsStatus(contact.text("status"))
                && holdsTags(contact)
                && holds("name_like", name -> contains(contact.text("name"), name))
                && holds("wildcard_search", name -> contains(contact.text("name"), name))
                && holds(
                        "newsletter",
                        newsletter -> contact.text("send_newsletter").equalsIgnoreCase(newsletter))
                && holdsAddress(contact);
    }

    private boolean isAsked(Entity entity) {
        if (wanted.containsKey("ids") && !ids().contains(entity.id())) {
            return false;
        }
        return !values("not_ids").contains(entity.id())
                && updated.filter(range -> !range.holds(entity.updatedAt())).isEmpty();
    }

    /** The form that does not work names one record that there is not. */
    private Set<String> ids() {
        JsonNode ids = wanted.getOrDefault("ids", MissingNode.getInstance());
        boolean works = ids.isArray() == (switches.get(Doubts.IDS) == Doubts.IdsForm.ARRAY);
        return works ? Set.copyOf(Values.list(ids)) : Set.of();
    }

    private boolean holdsStatus(String status) {
        List<String> asked = values("status");
        if (asked.isEmpty()) {
            return switches.get(Doubts.MISSING_STATUS) == Doubts.MissingStatus.ALL || !HIDDEN.contains(status);
        }
        return asked.contains(status)
                || (asked.contains("active") && (status.isEmpty() || ACTIVE.contains(status)))
                || (asked.contains("hidden") && HIDDEN.contains(status))
                || (asked.contains("null") && status.isEmpty());
    }

    private boolean holdsTags(Entity contact) {
        List<String> tags = Values.list(contact.attribute("tag_list"));
        boolean any = wanted.getOrDefault("any_tags", MissingNode.getInstance()).asBoolean();
        List<String> asked = values("tags");
        boolean tagged = asked.isEmpty() || (any ? asked.stream().anyMatch(tags::contains) : tags.containsAll(asked));
        return tagged && values("exclude_tags").stream().noneMatch(tags::contains);
    }

    private boolean holdsAddress(Entity contact) {
        for (String part : List.of("city", "state", "country")) {
            List<String> asked = values(part);
            if (!asked.isEmpty()
                    && records.children(Kind.ADDRESS, contact.id()).stream()
                            .noneMatch(address -> asked.contains(address.text(part)))) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(String name, Predicate<String> test) {
        return !wanted.containsKey(name)
                || test.test(
                        wanted.getOrDefault(name, MissingNode.getInstance()).asText());
    }

    private List<String> values(String name) {
        return Values.list(wanted.getOrDefault(name, MissingNode.getInstance()));
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
