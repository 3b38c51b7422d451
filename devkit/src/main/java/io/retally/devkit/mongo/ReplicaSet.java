package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/** How the one node presents itself: the primary of {@code rs0}, of MongoDB 6.0. */
final class ReplicaSet {

    static final String NAME = "rs0";

    static final MongoVersion VERSION = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(6, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return WIRE_VERSION;
        }
    };

    private static final int WIRE_VERSION = 17;
    private static final int MAX_DOCUMENT_BYTES = 16 << 20;
    private static final int MAX_MESSAGE_BYTES = 48_000_000;
    private static final int MAX_WRITES_A_COMMAND = 100_000;
    private static final int SESSION_MINUTES = 30;

    private final ObjectId electionId = new ObjectId();

    /** The answer to hello. Without {@code topologyVersion}, so that no client waits for one to change. */
    Document hello(Channel channel) {
        String me = address(channel);
        return new Document("helloOk", true)
                .append("ismaster", true)
                .append("isWritablePrimary", true)
                .append("secondary", false)
                .append("setName", NAME)
                .append("setVersion", 1)
                .append("electionId", electionId)
                .append("hosts", List.of(me))
                .append("primary", me)
                .append("me", me)
                .append("maxBsonObjectSize", MAX_DOCUMENT_BYTES)
                .append("maxMessageSizeBytes", MAX_MESSAGE_BYTES)
                .append("maxWriteBatchSize", MAX_WRITES_A_COMMAND)
                .append("localTime", Instant.ofEpochMilli(System.currentTimeMillis()))
                .append("logicalSessionTimeoutMinutes", SESSION_MINUTES)
                .append("minWireVersion", 0)
                .append("maxWireVersion", WIRE_VERSION)
                .append("readOnly", false);
    }

    Document status(Channel channel) {
        Document member = new Document("_id", 0)
                .append("name", address(channel))
                .append("state", 1)
                .append("stateStr", "PRIMARY")
                .append("health", 1.0)
                .append("self", true);
        return new Document("set", NAME).append("myState", 1).append("members", List.of(member));
    }

    private static String address(Channel channel) {
        return "localhost:" + ((InetSocketAddress) channel.localAddress()).getPort();
    }
}
