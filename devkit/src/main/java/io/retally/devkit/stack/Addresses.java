package io.retally.devkit.stack;

/**
 * The ports of one start: the usual ones while they are free.
 *
 * @param postgresReached where clients reach it, by a {@link Detour} if there is one
 * @param kafkaReached likewise
 */
record Addresses(
        int postgres,
        int postgresReached,
        int kafka,
        int kafkaReached,
        int kafkaController,
        int mongodb,
        int connect,
        int flinkRestPort,
        int flinkRpc) {
    private static final String LOOPBACK = "127.0.0.1";

    static Addresses choose(UpOptions options) {
        Ports ports = new Ports(options.usualPorts());
        Detour detour = options.detour();
        int postgres = ports.free(5432);
        int kafka = ports.free(9092);
        return new Addresses(
                postgres,
                detour.of(Part.POSTGRES, postgres),
                kafka,
                detour.of(Part.KAFKA, kafka),
                ports.free(9093),
                ports.free(27017),
                ports.free(8083),
                ports.free(8081),
                ports.free(6123));
    }

    String kafkaBootstrap() {
        return LOOPBACK + ":" + kafkaReached;
    }

    /** By name: a replica set's members are known by the name that they tell. */
    String mongodbUri() {
        return "mongodb://localhost:" + mongodb + "/?replicaSet=rs0";
    }

    String connectRest() {
        return "http://" + LOOPBACK + ":" + connect;
    }

    String flinkRest() {
        return "http://" + LOOPBACK + ":" + flinkRestPort;
    }

    PostgresUrl owner(UpOptions options, StackSettings settings) {
        PostgresUrl given = options.postgres();
        return given != null
                ? given
                : new PostgresUrl(
                        PostgresHost.OWNER, settings.ownerPassword(), LOOPBACK, postgresReached, PostgresHost.DATABASE);
    }
}
