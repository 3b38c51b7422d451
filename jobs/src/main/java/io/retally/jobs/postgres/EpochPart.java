package io.retally.jobs.postgres;

import io.retally.core.codec.Codec;
import io.retally.jobs.types.CodecType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What the publisher must know of an epoch: sent before the barrier that ends the epoch, and kept in its state. */
public sealed interface EpochPart permits StagedChunk, SourceProgress {

    CodecType<EpochPart> TYPE = CodecType.of(EpochPart.class, Form.class);

    /** A byte for which part it is, and the part. */
    final class Form implements Codec<EpochPart> {

        private static final int STAGED_CHUNK = 1;
        private static final int SOURCE_PROGRESS = 2;

        @Override
        public void write(EpochPart part, DataOutput out) throws IOException {
            if (part instanceof StagedChunk chunk) {
                out.writeByte(STAGED_CHUNK);
                chunk.write(out);
            } else if (part instanceof SourceProgress progress) {
                out.writeByte(SOURCE_PROGRESS);
                progress.write(out);
            }
        }

        @Override
        public EpochPart read(DataInput in) throws IOException {
            int kind = in.readUnsignedByte();
            return switch (kind) {
                case STAGED_CHUNK -> StagedChunk.read(in);
                case SOURCE_PROGRESS -> SourceProgress.read(in);
                default ->
                    throw new IOException("no part of an epoch is of kind " + kind
                            + ": restore with the build that wrote the savepoint");
            };
        }
    }
}
