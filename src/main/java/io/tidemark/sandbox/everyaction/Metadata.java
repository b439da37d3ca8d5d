package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.util.TreeMap;

/** What the pretended EveryAction says about itself and its records. */
record Metadata(Switches switches) {
    Response resources() {
        ArrayNode names = Json.array();
        Catalogue.all().stream()
                .map(ResourceType::name)
                .filter(name -> !switches.get(Doubts.FORBIDDEN).contains(name))
                .forEach(names::add);
        return Response.json(200, names);
    }

    Response fields(String type) {
        ArrayNode fields = Json.array();
        allowed(type).fields().forEach(field -> fields.add(field.toJson()));
        return Response.json(200, fields);
    }

    Response changeTypes(String type) {
        boolean documented = switches.get(Doubts.CHANGE_TYPE_CASING) == Doubts.Casing.DOCUMENTED;
        ArrayNode types = Json.array();
        new TreeMap<>(allowed(type).changeTypes())
                .forEach((id, name) -> types.addObject()
                        .put(documented ? "ChangeTypeID" : "changeTypeID", id)
                        .put(documented ? "ChangeTypeName" : "changeTypeName", name)
                        .put("Description", "The record was changed this way: " + name));
        return Response.json(200, types);
    }

    Response customFields() {
        ArrayNode fields = Json.array();
        Catalogue.CUSTOM_FIELDS.forEach(field -> fields.add(field.toJson()));
        return Response.json(200, fields);
    }

    Response profile(ApiUser user) {
        ObjectNode list = Json.object().put("count", 1).putNull("nextPageLink");
        list.putArray("items")
                .addObject()
                .put("databaseName", "Sandbox")
                .put("hasMyVoters", user.mode() == 0)
                .put("hasMyCampaign", user.mode() == 1)
                .put("committeeName", "Committee for Examples")
                .put("apiKeyTypeName", "Custom Integration")
                .put("keyReference", user.key().substring(Math.max(0, user.key().length() - 4)))
                .put("userFirstName", "Sandbox")
                .put("userLastName", "Bridge")
                .put("username", user.applicationName());
        return Response.json(200, list);
    }

    Response echo(Request request) {
        return Response.json(
                200,
                Json.object()
                        .put("message", ApiError.body(request).path("message").asText()));
    }

    private ResourceType allowed(String name) {
        ResourceType type = Catalogue.find(name)
                .orElseThrow(() -> ApiError.invalid("resourceType is not an available resource", "resourceType"));
        if (switches.get(Doubts.FORBIDDEN).contains(name)) {
            throw ApiError.forbidden(name);
        }
        return type;
    }
}
