package io.retally.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Evaluates the contract's views over {@code source.*} in a scratch database. Local days are that PostgreSQL's: one with
 * another edition of the tz database than the product carries may have others where the editions differ.
 */
public final class Oracle {

    private Oracle() {}

    /** The views as the contract has them: for small data, and to ask again, in this session, after {@code source.*} changes. */
    public static void createViews(Connection scratch) throws SQLException {
        Statements.pinTimeZones(scratch);
        Statements.run(scratch, ContractSql.serving());
    }

    /**
     * Each view as a table, in the order of the file, analyzed before the next one reads it: across so many views the
     * planner goes astray on large data.
     */
    public static void evaluate(Connection scratch, Progress progress) throws SQLException {
        Statements.generous(scratch);
        Statements.pinTimeZones(scratch);
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
