package io.tidemark.csv;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.DeletionRule;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What is to be made of each record of a stream's files.
 *
 * @param columns the columns to fill, in the order of {@link Row#values}; the files must hold them all
 * @param deletions how a deleted record is known; their fields need no column, nor to be in the files
 * @param changeTime the field with the time of the last change; needs no column, nor to be in the files
 * @param rowError the field that is filled where the source could not export a row
 * @param zone the zone of times without an offset
 */
public record RowPlan(
        List<Column> columns,
        List<DeletionRule> deletions,
        Optional<String> changeTime,
        Optional<String> rowError,
        ZoneId zone) {

    public RowPlan {
        columns = List.copyOf(columns);
        deletions = List.copyOf(deletions);
        requireNonNull(changeTime, "changeTime is null");
        requireNonNull(rowError, "rowError is null");
        requireNonNull(zone, "zone is null");
    }
}
