package io.retally.devkit.stack;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A user's way to a database, `postgresql://user:password@host:port/database`; toString leaves the password out. */
public record PostgresUrl(String user, String password, String host, int port, String database) {

    private static final int PORT_MAX = 65_535;

    /** Throws IllegalArgumentException that says which part is wrong, never the password. */
    public static PostgresUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL (special characters of a password are to be %-encoded)");
        }
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            throw new IllegalArgumentException("must begin with postgresql://");
        }
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("has no host");
        }
        if (uri.getPort() == 0 || uri.getPort() > PORT_MAX) {
            throw new IllegalArgumentException("has no port from 1 to " + PORT_MAX);
        }
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException("may not have parameters after '?'");
        }
        String userInfo = uri.getRawUserInfo();
        int colon = userInfo == null ? -1 : userInfo.indexOf(':');
        if (userInfo == null || colon < 1 || colon == userInfo.length() - 1) {
            throw new IllegalArgumentException("must have user:password@ before the host");
        }
        String database = decoded(uri.getRawPath()).replaceFirst("^/", "");
        if (database.isEmpty()) {
            throw new IllegalArgumentException("must name a database after the host");
        }
        String user = decoded(userInfo.substring(0, colon));
        String password = decoded(userInfo.substring(colon + 1));
        // They would end a line of the pgpass file, and PostgreSQL's protocol ends strings with U+0000.
        if ((user + password + database).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("may not have control characters");
        }
        return new PostgresUrl(user, password, host, uri.getPort() < 0 ? 5432 : uri.getPort(), database);
    }

    public String text() {
        return "postgresql://%s:%s@%s:%d/%s".formatted(encoded(user), encoded(password), host, port, encoded(database));
    }

    /** Without user and password. */
    public String jdbc() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, encoded(database));
    }

    public PostgresUrl as(String otherUser, String otherPassword) {
        return new PostgresUrl(otherUser, otherPassword, host, port, database);
    }

    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "retally");
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(jdbc(), properties);
    }

    /** The line of a pgpass file, by which the driver finds the password. */
    public String pgpassLine() {
        return String.join(
                ":",
                host,
                Integer.toString(port),
                pgpassEscaped(database),
                pgpassEscaped(user),
                pgpassEscaped(password));
    }

    private static String pgpassEscaped(String value) {
        return value.replace("\\", "\\\\").replace(":", "\\:");
    }

    private static String decoded(@Nullable String raw) {
        return raw == null ? "" : URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
    }
}
