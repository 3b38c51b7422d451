package io.retally.core.ledger;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version byte, a byte that says which parts are there, then those parts: timelines; segments with their timelines;
 * answers, of which only the first of a question carries the question's id.
 */
public final class LessonFactsCodec implements Codec<LessonFacts> {

    private static final int VERSION = 1;
    private static final int SENT = 1;
    private static final int CLICKED = 2;
    private static final int OPENED = 4;
    private static final int COMPLETED = 8;
    private static final int WATCHED = 16;
    private static final int ANSWERS = 32;

    @Override
    public void write(LessonFacts facts, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte((facts.sent.isEmpty() ? 0 : SENT)
                | (facts.clicked.isEmpty() ? 0 : CLICKED)
                | (facts.opened.isEmpty() ? 0 : OPENED)
                | (facts.completed.isEmpty() ? 0 : COMPLETED)
                | (facts.watched.isEmpty() ? 0 : WATCHED)
                | (facts.answers.isEmpty() ? 0 : ANSWERS));
        writeIfAny(facts.sent, out);
        writeIfAny(facts.clicked, out);
        writeIfAny(facts.opened, out);
        writeIfAny(facts.completed, out);
        if (!facts.watched.isEmpty()) {
            Binary.writeUnsigned(facts.watched.size(), out);
            int before = 0;
            for (Map.Entry<Integer, Timeline> entry : facts.watched.entrySet()) {
                Binary.writeUnsigned(entry.getKey() - before, out);
                entry.getValue().write(out);
                before = entry.getKey();
            }
        }
        if (!facts.answers.isEmpty()) {
            writeAnswers(facts.answers, out);
        }
    }

    @Override
    public LessonFacts read(DataInput in) throws IOException {
        Binary.requireVersion(VERSION, "the facts of a lesson", in);
        int parts = in.readUnsignedByte();
        return new LessonFacts(
                (parts & SENT) == 0 ? Timeline.EMPTY : Timeline.read(in),
                (parts & CLICKED) == 0 ? Timeline.EMPTY : Timeline.read(in),
                (parts & OPENED) == 0 ? Timeline.EMPTY : Timeline.read(in),
                (parts & COMPLETED) == 0 ? Timeline.EMPTY : Timeline.read(in),
                (parts & WATCHED) == 0 ? LessonFacts.NOTHING_WATCHED : readWatched(in),
                (parts & ANSWERS) == 0 ? LessonFacts.NO_ANSWERS : readAnswers(in));
    }

    private static void writeIfAny(Timeline timeline, DataOutput out) throws IOException {
        if (!timeline.isEmpty()) {
            timeline.write(out);
        }
    }

    private static SortedMap<Integer, Timeline> readWatched(DataInput in) throws IOException {
        SortedMap<Integer, Timeline> watched = new TreeMap<>();
        int size = Binary.readLength(in);
        int segment = 0;
        for (int i = 0; i < size; i++) {
            segment += Binary.readLength(in);
            watched.put(segment, Timeline.read(in));
        }
        return watched;
    }

    private static void writeAnswers(SortedMap<Answer, Integer> answers, DataOutput out) throws IOException {
        Binary.writeUnsigned(answers.size(), out);
        String question = null;
        for (Map.Entry<Answer, Integer> entry : answers.entrySet()) {
            Answer answer = entry.getKey();
            boolean sameQuestion = answer.questionId().equals(question);
            boolean single = entry.getValue() == 1;
            out.writeByte((answer.correct() ? 1 : 0) | (sameQuestion ? 2 : 0) | (single ? 4 : 0));
            if (!sameQuestion) {
                question = answer.questionId();
                Binary.writeText(question, out);
            }
            Binary.writeSigned(answer.at(), out);
            Binary.writeText(answer.interactionId(), out);
            if (!single) {
                Binary.writeSigned(entry.getValue(), out);
            }
        }
    }

    private static SortedMap<Answer, Integer> readAnswers(DataInput in) throws IOException {
        SortedMap<Answer, Integer> answers = new TreeMap<>();
        int size = Binary.readLength(in);
        String question = "";
        for (int i = 0; i < size; i++) {
            int flags = in.readUnsignedByte();
            if ((flags & 2) == 0) {
                question = Binary.readText(in);
            }
            long at = Binary.readSigned(in);
            String interactionId = Binary.readText(in);
            int count = (flags & 4) == 0 ? (int) Binary.readSigned(in) : 1;
            answers.put(new Answer(question, at, interactionId, (flags & 1) == 1), count);
        }
        return answers;
    }
}
