package io.retally.devkit.stack;

/** The ports of one start: the usual ones while they are free. */
record Addresses(
        int postgres, int kafka, int kafkaController, int mongodb, int connect, int flinkRestPort, int flinkRpc) {
    private static final String LOOPBACK = "127.0.0.1";

    static Addresses choose() {
        Ports ports = new Ports();
        return new Addresses(
                ports.free(5432),
                ports.free(9092),
                ports.free(9093),
                ports.free(27017),
                ports.free(8083),
                ports.free(8081),
                ports.free(6123));
    }

    String kafkaBootstrap() {
        return LOOPBACK + ":" + kafka;
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
                        PostgresHost.OWNER, settings.ownerPassword(), LOOPBACK, postgres, PostgresHost.DATABASE);
    }
}
