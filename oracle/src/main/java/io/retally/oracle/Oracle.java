package io.retally.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Evaluates the contract's views over {@code source.*} in a scratch database. */
public final class Oracle {

    private Oracle() {}

    /** The views as the contract has them: for small data, and to ask again after {@code source.*} changes. */
    public static void createViews(Connection scratch) throws SQLException {
        Statements.run(scratch, ContractSql.serving());
    }

    /**
     * Each view as a table, in the order of the file, analyzed before the next one reads it: across so many views the
     * planner goes astray on large data.
     */
    public static void evaluate(Connection scratch, Progress progress) throws SQLException {
        Statements.generous(scratch);
        Statements.run(scratch, "create schema contract");
        List<ContractSql.View> views = ContractSql.views();
        for (int i = 0; i < views.size(); i++) {
            ContractSql.View view = views.get(i);
            progress.beginning("contract." + view.name(), i, views.size());
            Statements.run(
                    scratch,
                    "create unlogged table contract." + view.name() + " as " + view.query(),
                    "analyze contract." + view.name());
        }
    }
}
