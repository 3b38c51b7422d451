package io.retally.jobs.zone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A TZif file (RFC 9636) of version 2 or later: its 64-bit block and its footer, without what only changes an abbreviation. */
record ZoneFile(int firstOffset, List<Change> changes, String footer) {

    record Change(long at, int offset) {}

    private static final int HEADER_BYTES = 44;

    static ZoneFile read(Path path) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        if (bytes.getInt(0) != 0x545A6966 || bytes.get(4) < '2') {
            throw new IOException(path + " is no TZif file of version 2 or later");
        }
        // The counts of a block: isut, isstd, leap, time, type, char.
        int[] old = counts(bytes, 0);
        int header = HEADER_BYTES + old[3] * 5 + old[4] * 6 + old[5] + old[2] * 8 + old[1] + old[0];
        int[] counts = counts(bytes, header);
        int times = header + HEADER_BYTES;
        int typeOf = times + counts[3] * 8;
        int types = typeOf + counts[3];
        int footer = types + counts[4] * 6 + counts[5] + counts[2] * 12 + counts[1] + counts[0];
        int firstOffset = bytes.getInt(types);
        List<Change> changes = new ArrayList<>();
        int before = firstOffset;
        for (int i = 0; i < counts[3]; i++) {
            int offset = bytes.getInt(types + 6 * bytes.get(typeOf + i));
            // The last one says from when on the footer holds, even if it changes no offset.
            if (offset != before || i == counts[3] - 1) {
                changes.add(new Change(bytes.getLong(times + 8 * i), offset));
            }
            before = offset;
        }
        String text = new String(bytes.array(), footer, bytes.capacity() - footer, StandardCharsets.US_ASCII);
        return new ZoneFile(firstOffset, changes, text.strip());
    }

    private static int[] counts(ByteBuffer bytes, int header) {
        int[] counts = new int[6];
        bytes.position(header + 20).asIntBuffer().get(counts);
        return counts;
    }
}
