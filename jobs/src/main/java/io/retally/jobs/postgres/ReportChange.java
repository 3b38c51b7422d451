package io.retally.jobs.postgres;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.jobs.types.CodecType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that a report's result gains or loses. An update is the loss of the old row and the gain of the new one.
 *
 * @param values of the columns in their order, each in the text form that PostgreSQL reads
 */
public record ReportChange(boolean gained, List<@Nullable String> values) {

    public static final CodecType<ReportChange> TYPE = CodecType.of(ReportChange.class, Form.class);

    public ReportChange {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Whether it is gained, the number of values, the values. */
    public static final class Form implements Codec<ReportChange> {
        @Override
        public void write(ReportChange change, DataOutput out) throws IOException {
            out.writeBoolean(change.gained);
            Binary.writeUnsigned(change.values.size(), out);
            for (String value : change.values) {
                Binary.writeOptionalText(value, out);
            }
        }

        @Override
        public ReportChange read(DataInput in) throws IOException {
            boolean gained = in.readBoolean();
            int size = Binary.readLength(in);
            List<@Nullable String> values = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                values.add(Binary.readOptionalText(in));
            }
            return new ReportChange(gained, values);
        }
    }
}
