package io.retally.jobs.postgres;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where the tables are. There is no password in it: the driver finds it in the password file that system property {@code
 * org.postgresql.pgpassfile} or environment variable {@code PGPASSFILE} names, so that it is in no argument, job graph or
 * web page.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param user a login of role {@code retally_publish}
 */
public record PostgresTarget(String url, String user) implements Serializable {

    private static final int SECONDS_TO_CONNECT = 10;

    /**
     * Opens a connection whose transactions begin with the first statement and end with {@link Connection#commit}.
     *
     * @param purpose what the connection is for, shown in {@code pg_stat_activity}
     */
    Connection connect(String purpose) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("ApplicationName", "retally " + purpose);
        properties.setProperty("connectTimeout", String.valueOf(SECONDS_TO_CONNECT));
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setAutoCommit(false);
        return connection;
    }
}
