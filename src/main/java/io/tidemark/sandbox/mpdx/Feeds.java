package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Deleted records, and what can be learned about an account. */
record Feeds(Records records, Switches switches) {

    Response deleted(ApiUser user, Request request) {
        Query query = Query.of(request);
        JsonNode lists = query.filter().getOrDefault("account_list_id", MissingNode.getInstance());
        JsonNode types = query.filter().getOrDefault("types", MissingNode.getInstance());
        boolean contacts = types.isMissingNode() || Values.list(types).contains("Contact");
        List<Deletion> found = new ArrayList<>(records.deletions());
        found.removeIf(deletion -> !contacts
                || !user.sees(deletion.accountList())
                || (!lists.isMissingNode() && !Values.list(lists).contains(deletion.accountList()))
                || !since(query).holds(shown(deletion)));
        int perPage = Math.min(query.perPage(), switches.get(Doubts.LARGEST_PAGE));
        int from = (int) Math.min(found.size(), (long) (query.page() - 1) * perPage);
        ObjectNode document = Json.object();
        ArrayNode data = document.putArray("data");
        found.subList(from, Math.min(found.size(), from + perPage)).forEach(deletion -> data.add(resource(deletion)));
        Documents.paginate(document, query, perPage, found.size());
        return Documents.response(200, document);
    }

    /** A bare date runs to tomorrow. */
    private DateRange since(Query query) {
        JsonNode since = query.filter().get("since_date");
        if (since == null || since.asText().isEmpty()) {
            return new DateRange(Instant.MIN, Instant.MAX);
        }
        if (since.asText().contains("..")) {
            return DateRange.of(since.asText());
        }
        Instant tomorrow = LocalDate.ofInstant(records.now(), ZoneOffset.UTC)
                .plusDays(2)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Instant from = DateRange.of(since.asText()).from();
        return new DateRange(from, tomorrow.isAfter(from) ? tomorrow : from.plus(Duration.ofDays(1)));
    }

    private Instant shown(Deletion deletion) {
        return switches.get(Doubts.DELETED_AT) == Doubts.DeletedAt.DAY
                ? deletion.at().truncatedTo(ChronoUnit.DAYS)
                : deletion.at();
    }

    private ObjectNode resource(Deletion deletion) {
        ObjectNode resource = Json.object().put("id", deletion.id()).put("type", "deleted_records");
        String made = Values.time(deletion.at());
        resource.putObject("attributes")
                .put("created_at", made)
                .put("deletable_id", deletion.contact())
                .put("deletable_type", "Contact")
                .put("deleted_at", Values.time(shown(deletion)))
                .put("deleted_from_id", deletion.accountList())
                .put("deleted_from_type", "AccountList")
                .put("updated_at", made)
                .put("updated_in_db_at", made);
        ObjectNode relationships = resource.putObject("relationships");
        related(relationships, "deletable", deletion.contact(), "contacts");
        related(relationships, "deleted_from", deletion.accountList(), "account_lists");
        deletion.by()
                .ifPresentOrElse(
                        by -> related(relationships, "deleted_by", by, "people"),
                        () -> relationships.putObject("deleted_by").putNull("data"));
        return resource;
    }

    private static void related(ObjectNode relationships, String name, String id, String type) {
        relationships.putObject(name).putObject("data").put("id", id).put("type", type);
    }

    Response user(ApiUser user) {
        ObjectNode document = Json.object();
        ObjectNode data = document.putObject("data").put("id", user.id()).put("type", "users");
        data.putObject("attributes")
                .put("first_name", user.name())
                .putObject("preferences")
                .put("default_account_list", user.accountLists().get(0))
                .put("locale", switches.get(Doubts.USER_LOCALE));
        ArrayNode lists =
                data.putObject("relationships").putObject("account_lists").putArray("data");
        user.accountLists().forEach(list -> lists.addObject().put("id", list).put("type", "account_lists"));
        return Documents.response(200, document);
    }

    Response accountLists(ApiUser user, Request request) {
        Query query = Query.of(request);
        ObjectNode document = Json.object();
        ArrayNode data = document.putArray("data");
        List<String> lists = user.accountLists();
        int from = (int) Math.min(lists.size(), (long) (query.page() - 1) * query.perPage());
        for (String list : lists.subList(from, Math.min(lists.size(), from + query.perPage()))) {
            data.addObject()
                    .put("id", list)
                    .put("type", "account_lists")
                    .putObject("attributes")
                    .put("name", "Account list of " + user.name())
                    .put("home_country", "United States")
                    .put("currency", "USD");
        }
        Documents.paginate(document, query, query.perPage(), lists.size());
        return Documents.response(200, document);
    }

    Response constants() {
        ObjectNode document = Json.object();
        ObjectNode attributes =
                document.putObject("data").put("type", "constant_list").putObject("attributes");
        ArrayNode statuses = attributes.putArray("statuses");
        Filter.ACTIVE.forEach(statuses::add);
        Filter.HIDDEN.forEach(statuses::add);
        ArrayNode newsletters = attributes.putArray("send_newsletter_options");
        List.of("Physical", "Email", "Both", "None").forEach(newsletters::add);
        ObjectNode frequencies = attributes.putObject("pledge_frequencies");
        Frequency.WORDS.forEach(frequencies::put);
        return Documents.response(200, document);
    }

    Response filters() {
        ObjectNode document = Json.object();
        ArrayNode data = document.putArray("data");
        for (String name : List.of("status", "newsletter", "tags", "city", "state", "country")) {
            data.addObject()
                    .put("type", "contact_filters")
                    .put("id", name)
                    .putObject("attributes")
                    .put("name", name);
        }
        return Documents.response(200, document);
    }
}
