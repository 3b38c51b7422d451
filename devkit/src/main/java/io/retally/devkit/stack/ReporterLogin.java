package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;

/**
 * The user that reports log in as. Its password is made with the first report of a stack, and kept in a file that only its
 * owner reads and that the driver of each report's process is pointed to.
 */
public final class ReporterLogin {
    public static final String USER = "retally_reporter";

    private static final int PASSWORD_BYTES = 24;

    private final Path pgpass;
    private final String pgpassLine;

    private ReporterLogin(Path pgpass, String pgpassLine) {
        this.pgpass = pgpass;
        this.pgpassLine = pgpassLine;
    }

    /**
     * Makes the user known to the database.
     *
     * @param folder for the file with the password
     * @param owner who migrated the database
     */
    public static ReporterLogin in(Path folder, PostgresUrl owner) throws IOException, SQLException {
        Path secret = folder.resolve("password");
        if (!Files.exists(secret)) {
            byte[] bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            Files.createDirectories(folder);
            StackDir.writePrivately(
                    secret, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        String password = Files.readString(secret);
        Logins.createReporter(owner, USER, password);
        Path pgpass = folder.resolve("pgpass");
        String line = owner.as(USER, password).pgpassLine();
        StackDir.writePrivately(pgpass, line + "\n");
        return new ReporterLogin(pgpass, line);
    }

    /** The line of such a file. */
    public String pgpassLine() {
        return pgpassLine;
    }

    /** What the driver finds the password by. */
    public Map<String, String> environment() {
        return Map.of("PGPASSFILE", pgpass.toString());
    }
}
