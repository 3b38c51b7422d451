package io.retally.documents;

import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Origin;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import io.retally.oracle.Change;
import io.retally.oracle.ChangeReader;
import io.retally.oracle.DocumentRules;
import io.retally.oracle.SourceCollection;
import io.retally.oracle.SourceRow;
import io.retally.oracle.SourceTable;
import io.retally.oracle.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that asks the oracle's reader as well, with which it shares no code: of every message both must understand the
 * same. Only what is beyond the decoder's limits, which the contract does not know, is not asked about.
 */
final class SecondOpinion {
    private final ChangeDecoder decoder = new ChangeDecoder();

    /**
     * What a message says, in the words of neither.
     *
     * @param id null if it says nothing of a document
     * @param rows the columns of {@code source.*} behind the id, if the document is usable
     * @param sourceMillis null if there is none that can be published
     */
    private record Understood(
            String what,
            @Nullable String id,
            List<List<@Nullable Object>> rows,
            @Nullable Long sourceMillis) {}

    /** What the decoder says, after the other one has said the same. */
    Decoded decode(Collection collection, byte @Nullable [] key, byte @Nullable [] value) {
        Decoded decoded = decoder.decode(collection, Origin.LIVE, key, value);
        if (!isBeyondLimits(decoded)) {
            Understood ours = understood(decoded);
            Understood theirs = understood(collection, ChangeReader.read(key, value));
            if (!ours.equals(theirs)) {
                throw new AssertionError("%s%nkey    %s%nvalue  %s%ndecoder %s%n        %s%noracle  %s"
                        .formatted(collection, shown(key), shown(value), ours, decoded, theirs));
            }
        }
        return decoded;
    }

    private static boolean isBeyondLimits(Decoded decoded) {
        Rejection rejection = decoded instanceof Decoded.Change change
                ? change.rejection()
                : decoded instanceof Decoded.NoChange noChange ? noChange.rejection() : null;
        return rejection != null
                && (rejection.reason() == Reason.LIMIT_EXCEEDED
                        || rejection.detail().contains(Ids.NESTING_MAX + " are read"));
    }

    private static Understood understood(Decoded decoded) {
        if (!(decoded instanceof Decoded.Change change)) {
            return new Understood(decoded instanceof Decoded.Nothing ? "nothing" : "no change", null, List.of(), null);
        }
        Long millis = change.sourceTsMillis() == Decoded.NO_SOURCE_TIME ? null : (Long) change.sourceTsMillis();
        Document document = change.document();
        if (document == null) {
            return new Understood(change.rejection() == null ? "gone" : "unusable", change.id(), List.of(), millis);
        }
        Document remembered =
                DocumentCodec.fromBytes(change.collection(), change.id(), DocumentCodec.toBytes(document));
        if (!remembered.equals(withoutChoice(document))) {
            throw new AssertionError("decoded    " + document + "\nremembered " + remembered);
        }
        return new Understood("usable", document.id(), rows(document), millis);
    }

    private static Document withoutChoice(Document document) {
        return document instanceof Interaction i
                ? new Interaction(
                        i.id(),
                        i.accountId(),
                        i.contactId(),
                        i.programId(),
                        i.lessonId(),
                        i.verb(),
                        i.at(),
                        i.segment(),
                        i.questionId(),
                        null,
                        i.correct())
                : document;
    }

    private static List<List<@Nullable Object>> rows(Document document) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (document instanceof Account account) {
            rows.add(Arrays.asList(account.name(), account.timeZone()));
        } else if (document instanceof Team team) {
            rows.add(Arrays.asList(team.accountId(), team.name(), team.parentTeamId()));
        } else if (document instanceof Contact contact) {
            rows.add(
                    Arrays.asList(contact.accountId(), contact.teamId(), contact.name(), instant(contact.removedAt())));
        } else if (document instanceof Program program) {
            rows.add(Arrays.asList(program.accountId(), program.name(), program.kind(), program.passPercent()));
            for (Lesson lesson : program.lessons()) {
                rows.add(Arrays.asList(
                        lesson.id(),
                        rows.size(),
                        lesson.title(),
                        lesson.videoSeconds(),
                        lesson.required(),
                        lesson.questionIds()));
            }
        } else if (document instanceof Enrollment enrollment) {
            rows.add(Arrays.asList(
                    enrollment.accountId(),
                    enrollment.contactId(),
                    enrollment.programId(),
                    instant(enrollment.enrolledAt()),
                    instant(enrollment.dueAt()),
                    instant(enrollment.withdrawnAt())));
        } else if (document instanceof Interaction interaction) {
            rows.add(Arrays.asList(
                    interaction.accountId(),
                    interaction.contactId(),
                    interaction.programId(),
                    interaction.lessonId(),
                    interaction.verb().verbName(),
                    instant(interaction.at()),
                    interaction.segment(),
                    interaction.questionId(),
                    length(interaction.choice()),
                    interaction.correct()));
        }
        return rows;
    }

    private static Understood understood(Collection collection, ChangeReader.Message message) {
        Long millis = message.sourceMillis() != null && Times.isInRange(message.sourceMillis())
                ? message.sourceMillis()
                : null;
        Change change = message.change();
        if (change instanceof Change.Gone gone) {
            return new Understood("gone", gone.id(), List.of(), millis);
        } else if (change instanceof Change.Unusable unusable) {
            return new Understood("unusable", unusable.id(), List.of(), millis);
        } else if (change instanceof Change.Present present) {
            Verdict verdict =
                    DocumentRules.judge(SourceCollection.valueOf(collection.name()), present.id(), present.document());
            return verdict instanceof Verdict.Usable usable
                    ? new Understood(
                            "usable",
                            present.id(),
                            usable.rows().stream().map(SecondOpinion::behindId).toList(),
                            millis)
                    : new Understood("unusable", present.id(), List.of(), millis);
        }
        return new Understood(change instanceof Change.Tombstone ? "nothing" : "no change", null, List.of(), null);
    }

    /** Of a choice, which nothing is served of and which the oracle stores in a form of its own, the length alone. */
    private static List<@Nullable Object> behindId(SourceRow row) {
        List<@Nullable Object> values =
                new ArrayList<>(row.values().subList(1, row.values().size()));
        if (row.table() == SourceTable.INTERACTION) {
            int choice = SourceTable.INTERACTION.columns().indexOf("choice") - 1;
            values.set(choice, length((String) values.get(choice)));
        }
        return values;
    }

    private static @Nullable Integer length(@Nullable String text) {
        return text == null ? null : (Integer) text.length();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** As text and, where that loses something, as hex digits. */
    private static String shown(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "null";
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                ? text
                : text + " = " + HexFormat.of().formatHex(bytes);
    }
}
