package io.retally.bench.streams;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Images of documents by id. */
record Documents(Map<String, byte[]> images) {
    static final Codec<Documents> CODEC = new Codec<>() {
        @Override
        public void write(Documents documents, DataOutput out) throws IOException {
            Binary.writeUnsigned(documents.images.size(), out);
            for (Map.Entry<String, byte[]> image : documents.images.entrySet()) {
                Binary.writeText(image.getKey(), out);
                Binary.writeBytes(image.getValue(), out);
            }
        }

        @Override
        public Documents read(DataInput in) throws IOException {
            Documents documents = new Documents(new TreeMap<>());
            int size = Binary.readLength(in);
            for (int i = 0; i < size; i++) {
                documents.images.put(Binary.readText(in), Binary.readBytes(in));
            }
            return documents;
        }
    };
}
