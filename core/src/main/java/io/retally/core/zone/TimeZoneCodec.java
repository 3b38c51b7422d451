package io.retally.core.zone;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.core.zone.TimeZone.Change;
import io.retally.core.zone.YearlyRule.Begin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a time zone, so that state knows by which ones it counted days: a version byte; the first offset; each listed
 * change, as seconds since the one before, and the offset after it; the yearly rule, if there is one.
 */
public final class TimeZoneCodec implements Codec<TimeZone> {

    private static final int VERSION = 1;

    @Override
    public void write(TimeZone zone, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Binary.writeSigned(zone.firstOffset(), out);
        Binary.writeUnsigned(zone.listed().size(), out);
        long before = 0;
        for (Change change : zone.listed()) {
            Binary.writeSigned(change.at() - before, out);
            Binary.writeSigned(change.offsetSeconds(), out);
            before = change.at();
        }
        YearlyRule rule = zone.rule();
        out.writeBoolean(rule != null);
        if (rule != null) {
            Binary.writeSigned(rule.standardOffset(), out);
            Binary.writeSigned(rule.summerOffset(), out);
            write(rule.summer(), out);
            write(rule.standard(), out);
        }
    }

    private static void write(Begin begin, DataOutput out) throws IOException {
        out.writeByte(begin.month().getValue());
        out.writeByte(begin.week());
        out.writeByte(begin.weekday().getValue());
        Binary.writeSigned(begin.seconds(), out);
    }

    @Override
    public TimeZone read(DataInput in) throws IOException {
        Binary.requireVersion(VERSION, "the rules of a time zone", in);
        int firstOffset = offset(in);
        int size = Binary.readLength(in);
        List<Change> listed = new ArrayList<>(size);
        long at = 0;
        for (int i = 0; i < size; i++) {
            at += Binary.readSigned(in);
            listed.add(new Change(at, offset(in)));
        }
        return TimeZone.of(firstOffset, listed, in.readBoolean() ? readRule(in) : null);
    }

    private static YearlyRule readRule(DataInput in) throws IOException {
        return new YearlyRule(offset(in), offset(in), readBegin(in), readBegin(in));
    }

    private static Begin readBegin(DataInput in) throws IOException {
        return new Begin(
                Month.of(in.readUnsignedByte()),
                in.readUnsignedByte(),
                DayOfWeek.of(in.readUnsignedByte()),
                Math.toIntExact(Binary.readSigned(in)));
    }

    private static int offset(DataInput in) throws IOException {
        return Math.toIntExact(Binary.readSigned(in));
    }
}
