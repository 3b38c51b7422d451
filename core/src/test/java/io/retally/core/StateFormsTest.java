package io.retally.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.assignment.Action;
import io.retally.core.assignment.Assignment;
import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.AssignmentRuleCodec;
import io.retally.core.assignment.Condition;
import io.retally.core.assignment.DecidedLesson;
import io.retally.core.assignment.DecidedLessonCodec;
import io.retally.core.assignment.Decision;
import io.retally.core.assignment.LessonStanding;
import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.DocumentState;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import io.retally.core.document.Verb;
import io.retally.core.ledger.LessonFacts;
import io.retally.core.ledger.LessonFactsCodec;
import io.retally.core.ledger.LessonKey;
import io.retally.core.ledger.Rep;
import io.retally.core.ledger.RepCodec;
import io.retally.core.ledger.Standing;
import io.retally.core.serving.ServingTable;
import io.retally.core.total.Accumulator;
import io.retally.core.total.AccumulatorCodec;
import io.retally.core.zone.TimeZone;
import io.retally.core.zone.TimeZoneCodec;
import io.retally.core.zone.TzDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes that savepoints hold, kept in {@code src/test/resources/io/retally/core/state-forms}: this build must write the
 * same and read them.
 *
 * <p>To change a form on purpose: raise its version byte, let its codec go on reading the old version, and raise the version
 * here. A run with {@code -Dstate-forms.write=true} then writes the missing file of the new version. Old files stay, as
 * savepoints do, and must still be read.
 */
class StateFormsTest {

    private static final Path FILES = Path.of("src/test/resources/io/retally/core/state-forms");

    /** A value, its form, and the version that this build writes. */
    record Form<T>(String name, int version, T value, Function<T, byte[]> write, Function<byte[], T> read) {
        String file(int ofVersion) {
            return "%s.v%d.hex".formatted(name, ofVersion);
        }

        void reads(byte[] bytes) {
            assertThat(read.apply(bytes)).isEqualTo(value);
        }

        byte[] written() {
            return write.apply(value);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Form<?>> forms() {
        Contact contact = new Contact("c-1", "a-1", "Zoë \uD83D\uDE00", "t-1", 1_700_000_000_000L);
        Enrollment enrollment = new Enrollment("e-1", "a-1", "c-1", "p-1", -1L, null, 253_402_300_799_999L);
        Interaction answer = answer("i-1", 1_700_000_000_000L, true);
        return Stream.of(
                document("account", new Account("a-1", "Acme \uD800", "America/St_Johns")),
                document("team", new Team("t-1", "a-1", "North", null)),
                document("contact", contact),
                document(
                        "program",
                        new Program(
                                "p-1",
                                "a-1",
                                "Sales",
                                "course",
                                80,
                                List.of(
                                        new Lesson("l-1", "Intro", 86_400, true, List.of("q-1", "q-1")),
                                        new Lesson("l-2", "", 0, false, List.of())))),
                document("enrollment", enrollment),
                document("answer", 2, answer),
                document(
                        "segment",
                        2,
                        new Interaction(
                                "i-2", "a-1", "c-1", "p-1", "l-1", Verb.SEGMENT_WATCHED, 0, 299, null, null, null)),
                new Form<>(
                        "document-state",
                        1,
                        new DocumentState(true, DocumentCodec.toBytes(contact)),
                        state -> Objects.requireNonNull(state.toBytes()),
                        DocumentState::fromBytes),
                new Form<>(
                        "lesson-key",
                        1,
                        new LessonKey("a-1", "p-\u00E9", "l-1"),
                        key -> key.encode().getBytes(StandardCharsets.UTF_8),
                        bytes -> LessonKey.decode(new String(bytes, StandardCharsets.UTF_8))),
                new Form<>(
                        "time-zone",
                        1,
                        new Rules(TzDatabase.parse(RULES).zone("A/B")),
                        rules -> Binary.toBytes(new TimeZoneCodec(), rules.zone),
                        bytes -> new Rules(Binary.fromBytes(new TimeZoneCodec(), bytes))),
                form("lesson-facts", new LessonFactsCodec(), facts(answer)),
                form(
                        "rep",
                        new RepCodec(),
                        new Rep(
                                contact,
                                new TreeMap<>(Map.of("e-1", enrollment)),
                                new TreeMap<>(Map.of(
                                        "p-1",
                                        new Standing(1, 2, 3, 4, 5, 6, 700, 8, 9, -1L, 1_700_000_000_000L, null))))),
                form(
                        "accumulator",
                        new AccumulatorCodec(),
                        Accumulator.zero(4)
                                .plus("a-1", new long[] {3, 3, 0, 1_000_000})
                                .plus("a-2", new long[] {-1, -1, 0, -64})),
                form(
                        "assignment-rule",
                        new AssignmentRuleCodec(),
                        new AssignmentRule(
                                "r-1",
                                "a-1",
                                "p-1",
                                null,
                                -7,
                                Action.ADD,
                                "l-2",
                                new Condition(60, 0, null, 300, null, false, Condition.MOST_DAYS))),
                form("decided-lesson", new DecidedLessonCodec(), decidedLesson()));
    }

    private static DecidedLesson decidedLesson() {
        LessonStanding standing = new LessonStanding("c-1", "p-1", "l-1", "a-1", 4, 1, 300, 7, true, -1L);
        Assignment assignment = new Assignment("r-1", Action.SKIP, "l-2", "answers given: 300", standing);
        return new DecidedLesson(standing, new Decision(assignment, 1_700_000_000_000L));
    }

    /** A time zone with what rules can have: offsets of seconds, changes before and after 1970, a yearly rule. */
    private static final String RULES = """
            # edition 2026c

            A/B
            -05:50:36
            1883-11-18T18:00:00Z -06:00
            2007-03-11T08:00:00Z -05:00
            CST6CDT,M3.2.0,M11.1.0/-1
            """.stripTrailing();

    /** Time zones are compared by what they are made of. */
    private record Rules(TimeZone zone) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rules that && zone.hasRulesOf(that.zone);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /** Numbers of constants are in state: keys begin with that of a table or collection, and images hold that of a verb. */
    @Test
    void constantsKeepTheirNumbers() throws IOException {
        Path file = FILES.resolve("constants.txt");
        Map<String, List<String>> kept = Files.readAllLines(file).stream()
                .map(line -> List.of(line.split(" ", -1)))
                .collect(Collectors.toMap(words -> words.get(0), words -> words.subList(1, words.size())));
        assertThat(kept).hasSize(4);
        for (Enum<?>[] constants :
                List.of(Collection.values(), Verb.values(), ServingTable.values(), Action.values())) {
            List<String> names = Arrays.stream(constants).map(Enum::name).toList();
            String type = constants[0].getDeclaringClass().getSimpleName();
            assertThat(names)
                    .as("%s: a new constant is the last, and is added to %s", type, file)
                    .isEqualTo(kept.get(type));
        }
    }

    private static LessonFacts facts(Interaction answer) {
        LessonFacts facts = LessonFacts.of(answer, 1).plus(LessonFacts.of(answer("i-0", 1_700_000_000_000L, false), 2));
        for (Verb verb : Verb.values()) {
            for (int segment : new int[] {0, 7}) {
                facts = facts.plus(LessonFacts.of(
                        new Interaction(
                                "i",
                                "a",
                                "c",
                                "p",
                                "l",
                                verb,
                                1_700_000_000_000L + 86_400_000L * segment,
                                segment,
                                "q-2",
                                null,
                                true),
                        1 + segment));
            }
        }
        return facts;
    }

    private static Interaction answer(String id, long at, boolean correct) {
        return new Interaction(id, "a-1", "c-1", "p-1", "l-1", Verb.QUESTION_ANSWERED, at, null, "q-1", null, correct);
    }

    private static Form<Document> document(String name, Document document) {
        return document(name, 1, document);
    }

    private static Form<Document> document(String name, int version, Document document) {
        return new Form<>(
                name,
                version,
                document,
                DocumentCodec::toBytes,
                bytes -> DocumentCodec.fromBytes(document.collection(), document.id(), bytes));
    }

    private static <T> Form<T> form(String name, Codec<T> codec, T value) {
        return new Form<>(name, 1, value, v -> Binary.toBytes(codec, v), bytes -> Binary.fromBytes(codec, bytes));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void thisBuildWritesTheKeptBytes(Form<?> form) throws IOException {
        String file = form.file(form.version());
        if (Boolean.getBoolean("state-forms.write") && Files.notExists(FILES.resolve(file))) {
            Files.createDirectories(FILES);
            Files.writeString(FILES.resolve(file), HexFormat.of().formatHex(form.written()) + "\n");
        }
        assertThat(HexFormat.of().formatHex(form.written()))
                .as("%s: savepoints hold the form of the file; see the class comment before you change it", file)
                .isEqualTo(HexFormat.of().formatHex(kept(file)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void thisBuildReadsTheKeptBytesOfEveryVersion(Form<?> form) throws IOException {
        for (int version = 1; version <= form.version(); version++) {
            form.reads(kept(form.file(version)));
        }
    }

    private static byte[] kept(String file) throws IOException {
        Path path = FILES.resolve(file);
        assertThat(path)
                .as("the bytes of a version, to be written by -Dstate-forms.write=true")
                .exists();
        return HexFormat.of().parseHex(Files.readString(path).strip());
    }
}
