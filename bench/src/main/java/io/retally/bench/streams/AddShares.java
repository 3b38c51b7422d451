package io.retally.bench.streams;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** By program: adds differences; passes on the row of {@code program_summary}, or its deletion when no rep is left. */
@SuppressWarnings("NullAway.Init") // set by init
final class AddShares extends ContextualProcessor<String, Share, String, String> {
    static final String STORE = "sums";

    private KeyValueStore<String, Share> sums;

    @Override
    public void init(ProcessorContext<String, String> given) {
        super.init(given);
        sums = given.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, Share> difference) {
        Share before = sums.get(difference.key());
        Share now = before == null ? difference.value() : before.plus(difference.value());
        boolean anyRep = now.sums()[0] != 0;
        sums.put(difference.key(), anyRep ? now : null);
        context().forward(difference.withValue(anyRep ? row(difference.key(), now) : null));
    }

    private static String row(String program, Share share) {
        List<Object> columns = new ArrayList<>(List.of(program, share.accountId()));
        for (long sum : share.sums()) {
            columns.add(sum);
        }
        return Membership.row(columns.toArray());
    }
}
