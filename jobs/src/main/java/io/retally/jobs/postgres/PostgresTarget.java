package io.retally.jobs.postgres;

import java.io.Serializable;
import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

/**
 * Where the tables are. There is no password in it: the driver finds it in the password file that system property {@code
 * org.postgresql.pgpassfile} or environment variable {@code PGPASSFILE} names, so that it is in no argument, job graph or
 * web page.
 *
 * @param url {@code jdbc:postgresql://host:port/database}; encrypted, and with the server's certificate checked, by {@code
 *     ?sslmode=verify-full&sslrootcert=FILE}
 * @param user a login of role {@code retally_publish}
 */
public record PostgresTarget(String url, String user) implements Serializable {

    private static final int SECONDS_TO_CONNECT = 10;
    /** SQL state "rejected connection"; the driver's own of a server that has no certificate at all. */
    private static final String REJECTED = "08004";

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
        Connection connection;
        try {
            connection = DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw explained(e);
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /**
     * Connects once, so that what no restart mends is said by the process that submits the job, and at once. A server that is
     * away is no problem: the job waits for it.
     *
     * @throws SQLException that says what to do, if the server is not trusted or does not let the user in
     */
    public void checkAccess() throws SQLException {
        try {
            connect("check").close();
        } catch (SQLException e) {
            if (isRefusal(e)) {
                throw e;
            }
        }
    }

    /**
     * Of PostgreSQL's error codes class 28 and 3D000 (no such login, wrong password, not from this host, no such database); and
     * a connection that failed without a cause, which is the driver's answer to a certificate for another host.
     */
    private static boolean isRefusal(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        return state.startsWith("28")
                || state.equals("3D000")
                || state.equals(REJECTED)
                || (state.equals("08006") && e.getCause() == null);
    }

    /** The driver says only where in Java's classes the handshake ended. */
    private SQLException explained(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new SQLException(
                        "PostgreSQL at " + url + ": its certificate is not trusted (" + cause.getMessage()
                                + "). In --postgres.url, let sslrootcert be the file with the certificate of the authority that"
                                + " signed the server's own",
                        REJECTED,
                        e);
            }
        }
        return e;
    }
}
