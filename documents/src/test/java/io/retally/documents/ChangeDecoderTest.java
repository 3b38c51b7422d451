package io.retally.documents;

import static io.retally.documents.Messages.ENROLLMENT;
import static io.retally.documents.Messages.INTERACTION;
import static io.retally.documents.Messages.TEAM;
import static io.retally.documents.Messages.bytes;
import static io.retally.documents.Messages.decode;
import static io.retally.documents.Messages.inserted;
import static io.retally.documents.Messages.key;
import static io.retally.documents.Messages.outcome;
import static io.retally.documents.Messages.quoted;
import static io.retally.documents.Messages.value;
import static io.retally.documents.Messages.wrapped;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Origin;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import io.retally.core.document.Verb;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The envelope and the key: which document a message is about, and what it says of it. */
final class ChangeDecoderTest {

    /** The messages of the contract's examples, verbatim but for the document. */
    @Test
    void readsTheExamplesOfTheContract() {
        String source = "\"source\":{\"version\":\"3.6.1.Final\",\"connector\":\"mongodb\",\"name\":\"mongo\","
                + "\"ts_ms\":1795385722047,\"snapshot\":\"true\",\"db\":\"shop\",\"sequence\":null,\"ts_us\":1795385722047808,"
                + "\"ts_ns\":1795385722047808383,\"collection\":\"orders\",\"ord\":-1,\"lsid\":null,\"txnNumber\":null,"
                + "\"wallTime\":null}";
        String tail = "\"ts_ms\":1795385722048,\"transaction\":null}";
        Team team = new Team("2", "a", "East", "t");
        String update = "\"updateDescription\":{\"removedFields\":[\"price\"],\"updatedFields\":\"{\\\"qty\\\": 7}\","
                + "\"truncatedArrays\":null},";
        String read = "{\"before\":null,\"after\":" + quoted(TEAM) + ",\"updateDescription\":null," + source
                + ",\"op\":\"r\"," + tail;
        String updated = "{\"before\":null,\"after\":" + quoted(TEAM) + "," + update + source + ",\"op\":\"u\"," + tail;
        String preImage =
                "{\"before\":" + quoted("{\"_id\": 2}") + ",\"after\":null," + source + ",\"op\":\"d\"," + tail;
        for (String k : List.of("{\"id\":\"2\"}", wrapped("{\"id\":\"2\"}"))) {
            for (boolean wrap : new boolean[] {false, true}) {
                for (String message : List.of(read, updated, read.replace("\"r\"", "\"c\""))) {
                    assertThat(decode(Collection.TEAMS, k, wrap ? wrapped(message) : message))
                            .isEqualTo(new Decoded.Change(
                                    Collection.TEAMS, Origin.LIVE, "2", team, 1_795_385_722_047L, null));
                }
                assertThat(decode(Collection.TEAMS, k, wrap ? wrapped(preImage) : preImage))
                        .isEqualTo(
                                new Decoded.Change(Collection.TEAMS, Origin.LIVE, "2", null, 1_795_385_722_047L, null));
            }
        }
        assertThat(new ChangeDecoder().decode(Collection.TEAMS, Origin.LIVE, bytes("{\"id\":\"2\"}"), null))
                .isEqualTo(Decoded.NOTHING);
    }

    @Test
    void readsEveryFieldOfEveryCollection() {
        assertThat(inserted(Collection.ACCOUNTS, Messages.ACCOUNT).document())
                .isEqualTo(new Account("1", "Acme", "America/Chicago"));
        assertThat(inserted(Collection.CONTACTS, Messages.CONTACT).document())
                .isEqualTo(new Contact("1", "a", "Ann", "t", 1_700_000_000_123L));
        assertThat(inserted(Collection.PROGRAMS, Messages.PROGRAM).document())
                .isEqualTo(new Program(
                        "1",
                        "a",
                        "Start",
                        "course",
                        80,
                        List.of(new Lesson("l1", "One", 31, true, List.of("q1", "2", "q1")))));
        assertThat(inserted(Collection.ENROLLMENTS, ENROLLMENT).document())
                .isEqualTo(
                        new Enrollment("1", "a", "c", "p", 1_700_000_000_123L, 1_800_000_000_123L, 1_900_000_000_123L));
        assertThat(inserted(Collection.INTERACTIONS, INTERACTION).document())
                .isEqualTo(new Interaction(
                        "1", "a", "c", "p", "l", Verb.QUESTION_ANSWERED, 1_700_000_000_123L, 3, "q", "x", true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'op':'c','after':DOC} | ok",
                "{'after':DOC,'op':'r'} | ok",
                "{'op':'u','after':DOC} | ok",
                "{'op':'u','after':null} | gone",
                "{'op':'u'} | gone",
                "{'op':'d'} | gone",
                "{'op':'d','after':'{'} | gone",
                "{'op':'d','after':5} | gone",
                "{'payload':{'op':'d'}} | gone",
                "{'schema':null,'payload':{'op':'d'}} | gone",
                "{'payload':{'op':'d','after':null},'schema':{'a':[{'b':1}]}} | gone",
                "{'op':'d','payload':{'op':'c','after':DOC}} | gone",
                "{'op':'c','after':null} | no_document",
                "{'op':'r'} | no_document",
                "{'op':'c','after':5} | wrong_type",
                "{'op':'c','after':{'_id':1}} | wrong_type",
                "{'op':'c','after':[]} | wrong_type",
                "{'op':'u','after':true} | wrong_type",
                "{'op':'c','after':'[]'} | wrong_type",
                "{'op':'c','after':'5'} | wrong_type",
                "{'op':'c','after':'null'} | wrong_type",
                "{'op':'c','after':''} | wrong_type",
                "{'op':'c','after':'{'} | document_not_json",
                "{'op':'c','after':TRAILING} | document_not_json",
                "{'op':'c','after':'{a:1}'} | document_not_json",
                "{'op':'x','after':DOC} | no change: unknown_op",
                "{'op':'C','after':DOC} | no change: unknown_op",
                "{'op':null,'after':DOC} | no change: unknown_op",
                "{'op':1,'after':DOC} | no change: unknown_op",
                "{'op':['c'],'after':DOC} | no change: unknown_op",
                "{'after':DOC} | no change: unknown_op",
                "{} | no change: unknown_op",
                "{'payload':null} | no change: unknown_op",
                "null | no change: unknown_op",
                "5 | no change: unknown_op",
                "'c' | no change: unknown_op",
                "[{'op':'d'}] | no change: unknown_op",
                "{'op':'d'} {'op':'d'} | no change: not_json",
                "{'op':'d'}} | no change: not_json",
                "{'op':'d'}x | no change: not_json",
                "{'op':'d' | no change: not_json",
                "{'op':'d',} | no change: not_json",
                "{op:'d'} | no change: not_json",
                "{'op':'d','x':01} | no change: not_json",
                "{'op':'d','x':NaN} | no change: not_json",
                "{'op':'d'/**/} | no change: not_json",
                "hello | no change: not_json",
                "{'op':'c','op':'d','after':DOC} | gone",
                "{'op':'c','after':'{','after':DOC} | ok",
                "{'op':'c','after':DOC,'after':null} | no_document",
            })
    void readsTheEnvelope(String message, String outcome) {
        String json = message.replace('\'', '"').replace("DOC", quoted(TEAM)).replace("TRAILING", quoted(TEAM + " {}"));
        assertThat(outcome(decode(Collection.TEAMS, key("1"), json))).isEqualTo(outcome);
        boolean isObject = json.startsWith("{") && !json.contains("\"payload\"");
        if (isObject && !outcome.contains("not_json")) {
            assertThat(outcome(decode(Collection.TEAMS, key("1"), wrapped(json))))
                    .isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | 5",
                "-5 | -5",
                "9007199254740993 | 9007199254740993",
                "{'$numberInt': '5'} | 5",
                "{'$numberLong': '9007199254740993'} | 9007199254740993",
                "'5' | 5",
                "'' | ``",
                "'a-string' | a-string",
                "{'$oid': '650000000000000000000001'} | 650000000000000000000001",
                "{'$oid': '65000000000000000000000A'} | 65000000000000000000000a",
                "{'$binary': {'base64': 'c//SZESzTGmQ6OfR38A11A==', 'subType': '04'}} | 73ffd264-44b3-4c69-90e8-e7d1dfc035d4",
                "{'$binary': {'subType': '04', 'base64': 'c//SZESzTGmQ6OfR38A11A=='}} | 73ffd264-44b3-4c69-90e8-e7d1dfc035d4",
                "{'$binary': 'c//SZESzTGmQ6OfR38A11A==', '$type': '04'} | 73ffd264-44b3-4c69-90e8-e7d1dfc035d4",
                "{'$type': '04', '$binary': 'c//SZESzTGmQ6OfR38A11A=='} | 73ffd264-44b3-4c69-90e8-e7d1dfc035d4",
                "{'$uuid': '73FFD264-44b3-4c69-90e8-e7d1dfc035d4'} | 73ffd264-44b3-4c69-90e8-e7d1dfc035d4",
                "{'$binary': {'base64': 'c//SZA==', 'subType': '03'}} | {'$binary': {'base64': 'c//SZA==', 'subType': '03'}}",
                "{'$binary': {'base64': 'c//SZA==', 'subType': '04'}} | {'$binary': {'base64': 'c//SZA==', 'subType': '04'}}",
                "5.5 | {'$numberDouble': '5.5'}",
                "5.0 | {'$numberDouble': '5.0'}",
                "1e3 | {'$numberDouble': '1000.0'}",
                "{'$numberDouble': '5.5'} | {'$numberDouble': '5.5'}",
                "{'$numberDecimal': '12.50'} | {'$numberDecimal': '12.50'}",
                "true | true",
                "{'$date': 5} | {'$date': {'$numberLong': '5'}}",
                "{'$date': '1970-01-01T00:00:00.005Z'} | {'$date': {'$numberLong': '5'}}",
                "{'$timestamp': {'t': 1, 'i': 2}} | {'$timestamp': {'t': 1, 'i': 2}}",
                "{'a' :1,'b':[ 1.5,{'$oid': '650000000000000000000001'}]} | "
                        + "{'a': {'$numberInt': '1'}, 'b': [{'$numberDouble': '1.5'}, {'$oid': '650000000000000000000001'}]}",
                "{ } | {}",
                "{'$minKey': 1} | {'$minKey': 1}",
            })
    void readsIds(String extendedJson, String text) {
        String json = extendedJson.replace('\'', '"');
        for (String key : List.of(key(json), wrapped(key(json)))) {
            assertThat(decode(Collection.TEAMS, key, value("d", "null")))
                    .extracting(d -> ((Decoded.Change) d).id())
                    .isEqualTo(text.replace('\'', '"'));
        }
        String team =
                "{\"_id\": " + json + ", \"parentTeamId\": " + json + ", \"accountId\": " + json + ", \"name\": \"n\"}";
        assertThat(inserted(Collection.TEAMS, team).document())
                .isEqualTo(new Team("1", text.replace('\'', '"'), "n", text.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[1]",
                "null",
                "{'$undefined': true}",
                "{'$regex': 'a', '$options': ''}",
                "{'$regularExpression': {'pattern': 'a', 'options': ''}}",
                "{'$oid': '65'}",
                "{'$oid': 5}",
                "{'$oid': '65000000000000000000000g'}",
                "{'$oid': '650000000000000000000001', 'x': 1}",
                "{'$numberInt': 5}",
                "{'$numberInt': '3000000000'}",
                "{'$numberLong': '99999999999999999999'}",
                "{'$numberLong': 'x'}",
                "99999999999999999999",
                "{'$uuid': '73ffd26444b34c6990e8e7d1dfc035d4'}",
                "{'$date': 'yesterday'}",
                "{'$numberDecimal': 'x'}",
                "{'$oid': {'a': [1]}}",
            })
    void knowsWhatIsNoId(String extendedJson) {
        String json = extendedJson.replace('\'', '"');
        assertThat(outcome(decode(Collection.TEAMS, key(json), value("d", "null"))))
                .isEqualTo("no change: unreadable_key");
        String team = "{\"_id\": 1, \"accountId\": " + json + ", \"name\": \"n\"}";
        assertThat(outcome(inserted(Collection.TEAMS, team)))
                .isEqualTo(
                        json.equals("null") ? "missing_field" : json.startsWith("9") ? "out_of_range" : "wrong_type");
        String own = "{\"_id\": " + json + ", \"accountId\": 5, \"name\": \"n\"}";
        assertThat(outcome(inserted(Collection.TEAMS, own)))
                .isEqualTo(
                        json.equals("null") ? "missing_field" : json.startsWith("9") ? "out_of_range" : "wrong_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "5",
                "null",
                "[]",
                "{}",
                "{'id':5}",
                "{'id':null}",
                "{'id':''}",
                "{'id':'abc'}",
                "{'id':'1 2'}",
                "{'id':'1'} {}",
                "{'id':'1'",
                "{'payload':{}}",
                "{'payload':5}",
                "{'id':'{'}",
                "{'id':'1','id':2}",
                "{'id':null,'payload':{'id':'1'}}",
                "{'payload':{'id':'1'},'payload':5}",
            })
    void knowsWhatIsNoKey(String key) {
        assertThat(outcome(decode(Collection.TEAMS, key.replace('\'', '"'), value("c", TEAM))))
                .isEqualTo("no change: unreadable_key");
    }

    @Test
    void anEmptyValueOrNoKeyIsNoChange() {
        assertThat(outcome(decode(Collection.TEAMS, key("1"), ""))).isEqualTo("no change: empty_value");
        Decoded noKey = new ChangeDecoder().decode(Collection.TEAMS, Origin.LIVE, null, bytes(value("c", TEAM)));
        assertThat(outcome(noKey)).isEqualTo("no change: unreadable_key");
    }

    @ParameterizedTest
    @EnumSource(Collection.class)
    void theKeyDecidesAndTheOriginIsPassedOn(Collection collection) {
        byte[] value = bytes(value("c", Messages.usable(collection)));
        Decoded decoded = new ChangeDecoder().decode(collection, Origin.BACKFILL, bytes(key("\"other\"")), value);
        Decoded.Change change = (Decoded.Change) decoded;
        assertThat(change.origin()).isEqualTo(Origin.BACKFILL);
        assertThat(change.document()).isInstanceOfSatisfying(Document.class, document -> {
            assertThat(document.id()).isEqualTo("other");
            assertThat(document.collection()).isEqualTo(collection);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | 5",
                "null | -",
                "'5' | -",
                "5.5 | -",
                "99999999999999999999 | -",
                "253402300800000 | -",
                "{} | -",
                "-5 | -5",
            })
    void readsTheTimeOfTheSource(String tsMillis, String expected) {
        String value = "{\"op\":\"d\",\"source\":{\"ts_ms\":" + tsMillis.replace('\'', '"') + ",\"x\":{\"ts_ms\":7}}}";
        assertThat(((Decoded.Change) decode(Collection.TEAMS, key("1"), value)).sourceTsMillis())
                .isEqualTo(expected.equals("-") ? Decoded.NO_SOURCE_TIME : Long.parseLong(expected));
    }
}
