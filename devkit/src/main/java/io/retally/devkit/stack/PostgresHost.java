package io.retally.devkit.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The part `postgres`: PostgreSQL from jars, durable, in a folder that outlives it. Ends when the server ends, and ends the
 * server when it is ended.
 *
 * <p>Arguments: the part's folder, the port. Passwords come by the environment: of the superuser, who is needed by this
 * process only, and of the owner.
 */
public final class PostgresHost {
    static final String SUPERUSER_PASSWORD = "RETALLY_SUPERUSER_PASSWORD";
    static final String OWNER_PASSWORD = "RETALLY_OWNER_PASSWORD";
    static final String OWNER = "retally_owner";
    static final String DATABASE = "retally";
    /** A file of the part's folder, there while the server is up and asks for passwords. */
    static final String READY = "ready";

    /** Local sockets are not listened on, so every connection gives its password. */
    private static final String HBA = """
            # Written by `./retally up`.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    /** Given on the command line, word by word: no value may hold a space. */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("max_connections", "60"),
            // The launcher turns these off for tests; what is published must survive a crash.
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("shared_buffers", "512MB"),
            // Sorts and hashes of a publication's merge, and of `verify`.
            Map.entry("work_mem", "32MB"),
            Map.entry("maintenance_work_mem", "256MB"),
            // No replica reads the log, and two epochs a second write much of it.
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            // What a crash may leave to be read again: 29 s were 3.9 GB. Less would write whole pages more often.
            Map.entry("max_wal_size", "1GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("random_page_cost", "1.1"),
            // A publication's statements are many and short: compiling them costs more than it saves.
            Map.entry("jit", "off"),
            // Rows of a total are updated every epoch: look for dead ones often, and clear them without pauses.
            Map.entry("autovacuum_naptime", "5s"),
            Map.entry("autovacuum_vacuum_cost_limit", "4000")));

    private PostgresHost() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        Path data = folder.resolve("data");
        Files.deleteIfExists(folder.resolve(READY));
        ProcessId server = runningIn(data).orElse(null);
        if (server == null) {
            boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
            start(folder, data, port, fresh);
            if (fresh) {
                secure(data, port);
            }
            server = runningIn(data).orElseThrow(() -> new IOException("PostgreSQL ended as soon as it had started"));
        }
        ProcessId postmaster = server;
        Files.createFile(folder.resolve(READY));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postmaster), "stop-postgres"));
        while (postmaster.isAlive()) {
            Thread.sleep(250);
        }
        System.err.println("PostgreSQL has ended");
        System.exit(1);
    }

    /** A server that outlived the process that had started it is taken over. */
    private static Optional<ProcessId> runningIn(Path data) {
        return ProcessId.ofPostmaster(data).filter(ProcessId::isAlive);
    }

    @SuppressWarnings("resource") // Ended by `stop`, which waits as long as it takes.
    private static void start(Path folder, Path data, int port, boolean fresh) throws IOException {
        Files.createDirectories(folder);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(2))
                .setLocaleConfig("locale", "C.UTF-8")
                .setErrorRedirector(ProcessBuilder.Redirect.INHERIT)
                .setOutputRedirector(ProcessBuilder.Redirect.INHERIT);
        if (!fresh) {
            builder.setConnectConfig("password", environment(SUPERUSER_PASSWORD));
            Thread watch = new Thread(() -> exitIfServerDoesNotStart(data), "watch-start");
            watch.setDaemon(true);
            watch.start();
        }
        SETTINGS.forEach(builder::setServerConfig);
        builder.start();
    }

    /** A server that ends as it starts (its disk is full) is waited for by the launcher all the same, for minutes. */
    private static void exitIfServerDoesNotStart(Path data) {
        try {
            // The launcher also runs others, such as a script that looks which Linux this is.
            Descendants.awaitEndOf("pg_ctl");
            if (runningIn(data).isEmpty()) {
                System.err.println("PostgreSQL ended as it started");
                System.exit(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A new server trusts everyone on this machine; nothing is in it before that is changed. */
    private static void secure(Path data, int port) throws SQLException, IOException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + OWNER + " login createrole createdb");
            statement.execute("create database " + DATABASE + " owner " + OWNER);
            Logins.setPassword(connection, OWNER, environment(OWNER_PASSWORD));
            Logins.setPassword(connection, "postgres", environment(SUPERUSER_PASSWORD));
            Files.writeString(data.resolve("pg_hba.conf"), HBA);
            statement.execute("select pg_reload_conf()");
        }
    }

    /** Fast shutdown: sessions are ended, the log is flushed. */
    private static void stop(ProcessId postmaster) {
        try {
            postmaster.find().ifPresent(process -> {
                try {
                    new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor();
                } catch (IOException e) {
                    process.destroy();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            while (postmaster.isAlive()) {
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("the environment has no " + name);
        }
        return value;
    }
}
