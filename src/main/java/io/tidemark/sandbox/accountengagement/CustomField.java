package io.tidemark.sandbox.accountengagement;

/**
 * A field of prospects that the customer defined.
 *
 * @param fieldId its name in versions 3 and 4; version 5 puts {@code __c} behind it
 * @param type the vendor's word, such as Text, Number, Date, Dropdown, Checkbox
 */
public record CustomField(long id, String name, String fieldId, String type) {
    Field toField() {
        return new Field(fieldId + "__c", fieldId, Field.Type.TEXT, true);
    }
}
