package io.retally.jobs.report;

import java.util.Map;
import org.apache.flink.table.catalog.ContextResolvedTable;

/**
 * Where a report writes to.
 *
 * @param settlesEpochs whether all changes of an epoch are added up before they are written; others write row by row
 * @param place in words
 */
record ReportTarget(boolean settlesEpochs, String place) {

    static ReportTarget of(ContextResolvedTable table) {
        Map<String, String> options = table.getResolvedTable().getOptions();
        String name = table.getIdentifier().getObjectName();
        String connector = options.getOrDefault("connector", "");
        return switch (connector) {
            case ReportTableFactory.CONNECTOR -> new ReportTarget(true, "table reporting." + name);
            case "mongodb" ->
                new ReportTarget(
                        false,
                        "MongoDB's collection " + options.getOrDefault("database", "") + "."
                                + options.getOrDefault("collection", ""));
            default -> new ReportTarget(false, "table " + name + " by connector " + connector);
        };
    }
}
