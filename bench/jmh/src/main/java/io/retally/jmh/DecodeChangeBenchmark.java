package io.retally.jmh;

import io.retally.core.document.Origin;
import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a message's bytes to a typed change: a company's messages, one after the other. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class DecodeChangeBenchmark {
    private List<Messages.Message> messages;
    private ChangeDecoder decoder;
    private int next;

    @Setup
    public void setUp() {
        messages = Messages.all();
        decoder = new ChangeDecoder();
    }

    @Benchmark
    public Decoded decode() {
        Messages.Message message = messages.get(next);
        next = (next + 1) % messages.size();
        return decoder.decode(message.collection(), Origin.LIVE, message.key(), message.value());
    }
}
