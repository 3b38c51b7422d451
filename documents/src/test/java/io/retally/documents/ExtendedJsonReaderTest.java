package io.retally.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtendedJsonReaderTest {
    private final ExtendedJsonReader reader = new ExtendedJsonReader();

    @Property(tries = 2_000)
    void readsTheDocumentThatIsMeant(@ForAll long seed, @ForAll Collection collection) {
        var written = new RandomDocuments(new Random(seed)).document(collection);
        assertThat(reader.document(collection, written.json()))
                .as(written.json())
                .isEqualTo(written.meant());
    }

    @Property(tries = 1_000)
    void readsEachFieldAsTheDocumentHasIt(@ForAll long seed) {
        var written = new RandomDocuments(new Random(seed)).document(Collection.INTERACTIONS);
        String json = written.json();
        Interaction meant = (Interaction) written.meant();
        assertThat(reader.id(json, "_id")).as(json).isEqualTo(meant.id());
        assertThat(reader.id(json, "contactId")).as(json).isEqualTo(meant.contactId());
        assertThat(reader.id(json, "questionId")).as(json).isEqualTo(meant.questionId());
        assertThat(reader.text(json, "verb")).as(json).isEqualTo(meant.verb().verbName());
        assertThat(reader.text(json, "choice")).as(json).isEqualTo(meant.choice());
        assertThat(reader.date(json, "at")).as(json).isEqualTo(meant.at());
        assertThat(reader.bool(json, "correct")).as(json).isEqualTo(meant.correct());
        @Nullable Integer segment = meant.segment();
        assertThat(reader.whole(json, "segment")).as(json).isEqualTo(segment == null ? null : segment.longValue());
        assertThat(reader.number(json, "segment")).as(json).isEqualTo(segment == null ? null : segment.doubleValue());
    }

    @Property(tries = 1_000)
    void walksIntoArraysAndTakesThemApart(@ForAll long seed) {
        var written = new RandomDocuments(new Random(seed)).document(Collection.PROGRAMS);
        String json = written.json();
        List<Lesson> lessons = ((Program) written.meant()).lessons();
        List<String> elements = reader.elements(json, "lessons");
        assertThat(elements).as(json).hasSize(lessons.size());
        // The driver understands the parts as it understands the whole.
        assertThat(BsonArray.parse("[" + String.join(",", elements) + "]"))
                .as(json)
                .isEqualTo(BsonDocument.parse(json).getArray("lessons"));
        for (int i = 0; i < lessons.size(); i++) {
            List<String> questions = lessons.get(i).questionIds();
            assertThat(reader.text(json, "lessons." + i + ".title"))
                    .as(json)
                    .isEqualTo(lessons.get(i).title());
            assertThat(reader.elements(elements.get(i), "questionIds"))
                    .extracting(question -> reader.id(question, ""))
                    .as(json)
                    .isEqualTo(questions);
            assertThat(reader.id(json, "lessons." + i + ".questionIds." + questions.size()))
                    .as(json)
                    .isNull();
        }
    }

    @Test
    void takesApartElementsOfEveryKind() {
        assertThat(reader.elements(" [ 1 ,-2.50,\"a]\\\"\", true,null , {\"b\":[{}]},[[ ]], false]", ""))
                .containsExactly("1", "-2.50", "\"a]\\\"\"", "true", "null", "{\"b\":[{}]}", "[[ ]]", "false");
        assertThat(reader.elements("[]", "")).isEmpty();
        assertThat(reader.elements("{\"a\": 1}", "a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9223372036854775807 | 9223372036854775807",
                "9223372036854775808 | ",
                "80.0 | 80",
                "80.5 | ",
                "1e3 | 1000",
                "-9223372036854775808.0 | -9223372036854775808",
                "9223372036854775808.0 | ",
                "{\"$numberInt\": \"5\"} | 5",
                "{\"$numberInt\": \"5000000000\"} | ",
                "{\"$numberLong\": \"5000000000\"} | 5000000000",
                "{\"$numberLong\": \"x\"} | ",
                "{\"$numberLong\": 5} | ",
                "{\"$numberLong\": \"5\", \"more\": 1} | ",
                "{\"$numberDouble\": \"7.0\"} | 7",
                "{\"$numberDouble\": \"NaN\"} | ",
                "{\"$numberDecimal\": \"0E+6111\"} | 0",
                "{\"$numberDecimal\": \"12E+2\"} | 1200",
                "{\"$numberDecimal\": \"1E+6111\"} | ",
                "{\"$numberDecimal\": \"9223372036854775808\"} | ",
                "{\"$numberDecimal\": \"-9223372036854775808.00\"} | -9223372036854775808",
                "{\"$numberDecimal\": \"0.1\"} | ",
                "{\"$numberDecimal\": \"Infinity\"} | ",
                "{\"$oid\": \"650000000000000000000001\"} | ",
                "{} | ",
                "\"5\" | ",
            })
    void readsWholeNumbersOfEveryType(String json, @Nullable Long number) {
        assertThat(reader.whole("{\"n\": " + json + "}", "n")).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.1 | 0.1",
                "5 | 5.0",
                "1e400 | ",
                "{\"$numberDouble\": \"-0.5\"} | -0.5",
                "{\"$numberDouble\": \"-Infinity\"} | ",
                "{\"$numberDecimal\": \"9.90\"} | 9.9",
                "{\"$numberDecimal\": \"1E+6111\"} | ",
                "{\"$numberLong\": \"3\"} | 3.0",
                "true | ",
            })
    void readsNumbersOfEveryType(String json, @Nullable Double number) {
        assertThat(reader.number(json, "")).isEqualTo(number);
    }

    @Test
    void ofARepeatedFieldTheLastCounts() {
        assertThat(reader.whole("{\"a\": 1, \"a\": 2}", "a")).isEqualTo(2);
        assertThat(reader.whole("{\"a\": 1, \"a\": null}", "a")).isNull();
        assertThat(reader.whole("{\"a\": {\"b\": 1}, \"a\": {\"c\": 2}}", "a.b"))
                .isNull();
        assertThat(BsonDocument.parse("{\"a\": {\"b\": 1}, \"a\": {\"c\": 2}}").getDocument("a"))
                .doesNotContainKey("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"b", "a.", ".a", "a.b.c", "0", "a.b.0", "c.2", "c.00", "c.-1", "c.+0", "c.x", "d", "e.", ""})
    void whatAPathDoesNotLeadToIsNull(String path) {
        assertThat(reader.whole("{\"a\": {\"b\": 1}, \"c\": [1, 2], \"d\": null, \"e\": 5}", path))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"a\": 1",
                "{\"a\": 1} 2",
                "{\"a\": 1}}",
                "{'a': 1}",
                "{\"a\": 1, \"b\": tru}",
                "{a: 1}"
            })
    void nothingIsReadOfWhatIsNoJson(String text) {
        assertThat(reader.whole(text, "a")).isNull();
        assertThat(reader.document(Collection.ACCOUNTS, text)).isNull();
    }

    @Test
    void whatCannotBeServedIsReplacedInTextAndIsNoId() {
        assertThat(reader.text("\"a\\u0000b\\ud800\"", "")).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(reader.text("\"\\ud83d\\ude00\"", "")).isEqualTo("😀");
        assertThat(reader.id("\"a\\u0000b\"", "")).isNull();
    }
}
