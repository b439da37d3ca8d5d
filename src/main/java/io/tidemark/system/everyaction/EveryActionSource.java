package io.tidemark.system.everyaction;

import io.tidemark.system.Account;
import io.tidemark.system.Credentials;
import io.tidemark.system.Export;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.ResourceDescription.Asking;
import io.tidemark.system.ResourceDescription.CustomField;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import io.tidemark.system.Writing;
import io.tidemark.system.answer.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One API key in one database mode. */
final class EveryActionSource implements Source {

    /** See <a href="https://docs.everyaction.com/reference/changedentityexportjobs">dateChangedFrom</a>. */
    private static final Duration REACH = Duration.ofDays(90);

    private final Credentials credentials;
    private final String mode;

    EveryActionSource(String applicationName, String apiKey, String mode) {
        this.credentials = new Credentials.Basic(applicationName, apiKey + "|" + mode);
        this.mode = mode;
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public Optional<Duration> reach() {
        return Optional.of(REACH);
    }

    @Override
    public Step<Account> account() {
        return EveryActionAnswers.call(EveryActionCalls.profiles(), json -> EveryActionProfile.account(json, mode));
    }

    @Override
    public Step<List<String>> resources() {
        return visibleResources();
    }

    static Step<List<String>> visibleResources() {
        return EveryActionAnswers.call(
                EveryActionCalls.resources(),
                json -> json.elements().stream()
                        .flatMap(element -> element.scalar().stream())
                        .map(Words::bounded)
                        .toList());
    }

    @Override
    public Step<ResourceDescription> describe(String resource) {
        return EveryActionFields.of(resource)
                .flatMap(fields -> EveryActionChangeType.of(resource)
                        .flatMap(changeTypes ->
                                customFields(resource).map(custom -> description(fields, changeTypes, custom))));
    }

    private static Step<List<CustomField>> customFields(String resource) {
        return EveryActionResource.hasCustomFields(resource) ? EveryActionCustomFields.all() : Step.done(List.of());
    }

    private static ResourceDescription description(
            EveryActionFields fields, List<EveryActionChangeType> changeTypes, List<CustomField> custom) {
        return new ResourceDescription(
                fields.resource(),
                key(fields).map(EveryActionField::name).stream().toList(),
                fields.all().stream()
                        .map(field -> described(field, key(fields)))
                        .toList(),
                changeTypes.stream().map(EveryActionChangeType::toString).toList(),
                custom,
                Optional.of(new Asking(
                        EveryActionOptions.REQUESTED_FIELDS, false, EveryActionOptions.REQUESTED_CUSTOM_FIELD_IDS)));
    }

    private static Field described(EveryActionField field, Optional<EveryActionField> key) {
        return key.equals(Optional.of(field)) ? field.toKeyField() : field.toField();
    }

    private static Optional<EveryActionField> key(EveryActionFields fields) {
        return fields.find(EveryActionResource.documentedKey(fields.resource())
                .orElseGet(() -> EveryActionResource.likelyKey(fields.resource())));
    }

    @Override
    public Export export(ExportSpec spec) {
        return new EveryActionExport(spec, EveryActionParameters.of(spec.parameters()));
    }

    @Override
    public Optional<Writing> writing(ExportSpec spec) {
        return EveryActionResource.isKeyed(spec)
                ? writing(spec, EveryActionParameters.of(spec.parameters()))
                : Optional.empty();
    }

    private static Optional<Writing> writing(ExportSpec spec, EveryActionParameters parameters) {
        return switch (spec.resource()) {
            case EveryActionResource.CONTACTS -> Optional.of(new EveryActionContacts(spec, parameters));
            case EveryActionResource.CONTACTS_ACTIVIST_CODES ->
                Optional.of(new EveryActionActivistCodes(spec, parameters));
            case EveryActionResource.CONTRIBUTIONS -> Optional.of(new EveryActionContributions(spec, parameters));
            default -> Optional.empty();
        };
    }
}
