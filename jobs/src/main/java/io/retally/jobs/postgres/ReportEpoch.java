package io.retally.jobs.postgres;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * By what a report's result differs from that of the epoch before: no row is both lost and gained.
 *
 * @param checkpoint the one whose barrier ended the epoch
 * @param begins whether the result was empty before: the table is replaced by what is gained
 */
record ReportEpoch(long checkpoint, boolean begins, List<ReportChange> changes) {

    /** A version byte, then the components. */
    public static final class Form implements Codec<ReportEpoch> {
        private static final int VERSION = 1;
        private static final ReportChange.Form CHANGE = new ReportChange.Form();

        @Override
        public void write(ReportEpoch epoch, DataOutput out) throws IOException {
            out.writeByte(VERSION);
            Binary.writeUnsigned(epoch.checkpoint, out);
            out.writeBoolean(epoch.begins);
            Binary.writeUnsigned(epoch.changes.size(), out);
            for (ReportChange change : epoch.changes) {
                CHANGE.write(change, out);
            }
        }

        @Override
        public ReportEpoch read(DataInput in) throws IOException {
            Binary.requireVersion(VERSION, "an epoch of a report", in);
            long checkpoint = Binary.readUnsigned(in);
            boolean begins = in.readBoolean();
            int size = Binary.readLength(in);
            List<ReportChange> changes = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                changes.add(CHANGE.read(in));
            }
            return new ReportEpoch(checkpoint, begins, changes);
        }
    }
}
