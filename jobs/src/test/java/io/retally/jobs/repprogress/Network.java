package io.retally.jobs.repprogress;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * The network between tasks. A channel delivers what it was sent in order; which channel delivers next is random. Records
 * travel as bytes.
 */
final class Network {

    private final Random random;
    private final List<Channel<?>> channels = new ArrayList<>();

    Network(Random random) {
        this.random = random;
    }

    /** A channel from one subtask to another. */
    <T> Channel<T> channelTo(ThrowingConsumer<StreamRecord<T>, Exception> receiver, TypeSerializer<T> serializer) {
        Channel<T> channel = new Channel<>(receiver, serializer);
        channels.add(channel);
        return channel;
    }

    /** Delivers some of the records that are on their way, or none. */
    void deliverSome() throws Exception {
        for (int i = random.nextInt(8); i > 0; i--) {
            deliverOne();
        }
    }

    /** Delivers all records that are on their way, and those that come of them. */
    void deliverAll() throws Exception {
        while (deliverOne()) {}
    }

    private boolean deliverOne() throws Exception {
        List<Channel<?>> waiting =
                channels.stream().filter(channel -> !channel.records.isEmpty()).toList();
        if (waiting.isEmpty()) {
            return false;
        }
        waiting.get(random.nextInt(waiting.size())).deliver();
        return true;
    }

    static final class Channel<T> {

        private final ThrowingConsumer<StreamRecord<T>, Exception> receiver;
        private final TypeSerializer<T> serializer;
        private final Deque<byte[]> records = new ArrayDeque<>();

        private Channel(ThrowingConsumer<StreamRecord<T>, Exception> receiver, TypeSerializer<T> serializer) {
            this.receiver = receiver;
            this.serializer = serializer;
        }

        void send(T value) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(value, out);
            records.add(out.getCopyOfBuffer());
        }

        private void deliver() throws Exception {
            receiver.accept(new StreamRecord<>(serializer.deserialize(new DataInputDeserializer(records.remove()))));
        }
    }
}
