package io.retally.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "{$oid: '650000000000000000000aBc'}; 650000000000000000000abc",
                "'a string'; a string",
                "''; ``",
                "5; 5",
                "-5; -5",
                "{$numberLong: '9223372036854775807'}; 9223372036854775807",
                "{$uuid: '00112233-4455-6677-8899-AABBCCDDEEFF'}; 00112233-4455-6677-8899-aabbccddeeff",
                "{$binary: {base64: 'ABEiM0RVZneImaq7zN3u/w==', subType: '04'}}; 00112233-4455-6677-8899-aabbccddeeff",
                "{$binary: {base64: 'ABEiM0RVZneImaq7zN3u/w==', subType: '03'}}; {\"$binary\": {\"base64\": \"ABEiM0RVZneImaq7zN3u/w==\", \"subType\": \"03\"}}",
                "{$binary: {base64: 'AA==', subType: '04'}}; {\"$binary\": {\"base64\": \"AA==\", \"subType\": \"04\"}}",
                "5.0; {\"$numberDouble\": \"5.0\"}",
                "true; true",
                "{$date: 0}; {\"$date\": {\"$numberLong\": \"0\"}}",
                "{a: 1, b: 'x'}; {\"a\": {\"$numberInt\": \"1\"}, \"b\": \"x\"}",
                "null; none",
                "[1]; none",
                "{$undefined: true}; none",
                "{$regularExpression: {pattern: 'a', options: ''}}; none",
            })
    void text(String id, String expected) {
        assertThat(Ids.text(Objects.requireNonNull(
                        BsonDocument.parse("{v: " + id + "}").get("v"))))
                .isEqualTo(expected);
    }
}
