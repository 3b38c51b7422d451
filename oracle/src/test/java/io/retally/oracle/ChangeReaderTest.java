package io.retally.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeReaderTest {
    private static final String KEY = "{\"id\":\"2\"}";

    @Test
    void anInsertAsTheConnectorWritesIt() {
        ChangeReader.Message message = read(KEY, """
                {"before":null,"after":"{\\"_id\\": 2,\\"sku\\": \\"c\\",\\"at\\": {\\"$date\\": 1700000000123}}",\
                "updateDescription":null,"source":{"version":"3.6.1.Final","ts_ms":1795385724764},"op":"c",\
                "ts_ms":1795385725238,"transaction":null}""");
        assertThat(message.sourceMillis()).isEqualTo(1795385724764L);
        assertThat(message.change())
                .isEqualTo(
                        new Change.Present("2", BsonDocument.parse("{_id: 2, sku: 'c', at: {$date: 1700000000123}}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$date\": 1700000000000}",
                "{\"$date\": \"2023-11-14T22:13:20Z\"}",
                "{\"$date\": \"2023-11-14T23:13:20.000+01:00\"}",
                "{\"$date\": {\"$numberLong\": \"1700000000000\"}}"
            })
    void everyFormOfADate(String date) {
        assertThat(document("{\"at\": " + date + "}").get("at")).isEqualTo(new BsonDateTime(1_700_000_000_000L));
    }

    @Test
    void loneSurrogatesAndFaultyUnknownFieldsAreRead() {
        BsonDocument document = document("{\"_id\": 2, \"name\": \"\\ud800\", \"x\": {\"$oid\": \"no\"}}");
        assertThat(document.getString("name").getValue()).isEqualTo("\ud800");
        assertThat(document.get("x")).isNotNull().matches(x -> !ExtendedJson.isReadable(x));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"op\":\"d\"}; Gone",
                "{\"op\":\"d\",\"after\":null,\"before\":null}; Gone",
                "{\"op\":\"u\",\"after\":null}; Gone",
                "{\"op\":\"u\"}; Gone",
                "{\"op\":\"c\",\"after\":null}; Unusable",
                "{\"op\":\"r\"}; Unusable",
                "{\"op\":\"u\",\"after\":\"[]\"}; Unusable",
                "{\"op\":\"u\",\"after\":\"{_id: 2}\"}; Unusable",
                "{\"op\":\"u\",\"after\":\"{} {}\"}; Unusable",
                "{\"op\":\"u\",\"after\":{\"_id\":2}}; Unusable",
                "{\"op\":\"r\",\"after\":\"{}\"}; Present",
                "{\"schema\":{},\"payload\":{\"op\":\"r\",\"after\":\"{}\"}}; Present",
                "{\"schema\":null,\"payload\":null}; NoChange",
                "null; NoChange",
                "\uFEFF{\"op\":\"d\"}; Gone",
                "{\"payload\":5,\"payload\":{\"op\":\"d\"}}; Gone",
                "{\"payload\":{\"op\":\"d\"},\"payload\":5}; NoChange",
                "``; NoChange",
                "{\"op\":\"t\"}; NoChange",
                "{\"op\":5}; NoChange",
                "{\"op\":\"cu\"}; NoChange",
                "{}; NoChange",
                "[]; NoChange",
                "{\"op\":\"d\"} x; NoChange",
                "not json; NoChange",
            })
    void whatAValueSays(String value, String expected) {
        assertThat(read(KEY, value).change().getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "{\"id\":\"2\"}; 2",
                "{\"id\":\"{\\\"$oid\\\": \\\"650000000000000000000001\\\"}\"}; 650000000000000000000001",
                "{\"id\":\"\\\"a-string\\\"\"}; a-string",
                "{\"schema\":{},\"payload\":{\"id\":\"\\\"5\\\"\"}}; 5",
                "{\"id\":\"{\\\"$binary\\\": \\\"ABEiM0RVZneImaq7zN3u/w==\\\", \\\"$type\\\": \\\"04\\\"}\"}; 00112233-4455-6677-8899-aabbccddeeff",
                "{\"id\":\"{\\\"$numberLong\\\": \\\"7\\\"}\"}; 7",
                "{\"id\":\"99999999999999999999\"}; none",
                "{\"id\":\"{\\\"a\\\": {\\\"$oid\\\": \\\"x\\\"}}\"}; none",
                "{\"id\":\"{\\\"$oid\\\": 5, \\\"$oid\\\": \\\"650000000000000000000001\\\"}\"}; none",
                "{\"id\":\"{\\\"a\\\": {\\\"$undefined\\\": true}}\"}; {\"a\": {\"$undefined\": true}}",
                "{\"id\":null,\"payload\":{\"id\":\"5\"}}; none",
                "{\"id\":\"null\"}; none",
                "{\"id\":\"[1]\"}; none",
                "{\"id\":\"x\"}; none",
                "{\"id\":null}; none",
                "{\"id\":2}; none",
                "{}; none",
                "x; none",
            })
    void whatAKeySays(String key, String expected) {
        assertThat(ChangeReader.id(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    }

    @Test
    void aMissingValueIsATombstoneAndAMissingKeyNoChange() {
        assertThat(ChangeReader.read(null, null).change()).isEqualTo(new Change.Tombstone());
        assertThat(ChangeReader.read(null, "{\"op\":\"d\"}".getBytes(StandardCharsets.UTF_8))
                        .change())
                .isInstanceOf(Change.NoChange.class);
        byte[] brokenUtf8 = {'"', (byte) 0xff, '"'};
        assertThat(ChangeReader.read(null, brokenUtf8).change()).isInstanceOf(Change.NoChange.class);
    }

    private static ChangeReader.Message read(String key, String value) {
        return ChangeReader.read(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private static BsonDocument document(String after) {
        String quoted = "\"" + after.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        Change change = read(KEY, "{\"op\":\"c\",\"after\":" + quoted + "}").change();
        assertThat(change).isInstanceOf(Change.Present.class);
        return ((Change.Present) change).document();
    }
}
