package io.retally.documents;

import static io.retally.documents.Messages.ACCOUNT;
import static io.retally.documents.Messages.inserted;
import static io.retally.documents.Messages.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import org.junit.jupiter.api.Test;

/** Sizes beyond the usual: read, or refused with a reason, but never a crash. */
final class LargeMessageTest {

    private static String withUnknownField(String json) {
        return ACCOUNT.replace("\"name\"", "\"x\": " + json + ", \"name\"");
    }

    @Test
    void readsDocumentsOf16Megabytes() {
        String text = '"' + "a\\u0001é".repeat(2_500_000) + '"';
        assertThat(outcome(inserted(Collection.ACCOUNTS, withUnknownField(text))))
                .isEqualTo("ok");
        assertThat(outcome(inserted(Collection.ACCOUNTS, withUnknownField("[" + "1,".repeat(8_000_000) + "1]"))))
                .isEqualTo("ok");
    }

    @Test
    void skipsWhatIsNestedDeeply() {
        int depth = 400_000;
        String arrays = "[".repeat(depth) + "]".repeat(depth);
        assertThat(outcome(inserted(Collection.ACCOUNTS, withUnknownField(arrays))))
                .isEqualTo("ok");
        String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        assertThat(outcome(inserted(Collection.ACCOUNTS, withUnknownField(objects))))
                .isEqualTo("ok");
        assertThat(outcome(inserted(Collection.ACCOUNTS, ACCOUNT.replace("\"Acme\"", arrays))))
                .isEqualTo("wrong_type");
        assertThat(outcome(inserted(Collection.TEAMS, Messages.TEAM.replace("\"t\"", objects))))
                .isEqualTo("limit_exceeded");
        String key = Messages.key(objects);
        assertThat(outcome(Messages.decode(Collection.TEAMS, key, Messages.value("d", "null"))))
                .isEqualTo("no change: unreadable_key");
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        String arrays = "[".repeat(JsonText.NESTING_MAX) + "]".repeat(JsonText.NESTING_MAX);
        assertThat(outcome(inserted(Collection.ACCOUNTS, withUnknownField(arrays))))
                .isEqualTo("limit_exceeded");
        String value = "{\"op\":\"d\",\"x\":" + arrays + "}";
        assertThat(outcome(Messages.decode(Collection.ACCOUNTS, Messages.key("1"), value)))
                .isEqualTo("no change: limit_exceeded");
    }

    @Test
    void refusesKeysThatPostgresqlCannotIndex() {
        String longest = "i".repeat(ServedKeys.ID_BYTES_MAX);
        assertThat(outcome(inserted(Collection.TEAMS, Messages.TEAM.replace("\"t\"", "\"t" + longest + "\""))))
                .as("a parent team is in no key")
                .isEqualTo("ok");
        assertThat(outcome(inserted(Collection.CONTACTS, Messages.CONTACT.replace("\"t\"", '"' + longest + '"'))))
                .isEqualTo("ok");
        assertThat(outcome(inserted(Collection.CONTACTS, Messages.CONTACT.replace("\"t\"", "\"t" + longest + '"'))))
                .isEqualTo("limit_exceeded");
        assertThat(outcome(
                        inserted(Collection.INTERACTIONS, Messages.INTERACTION.replace("\"c\"", '"' + longest + '"'))))
                .isEqualTo("ok");
        String third = "é".repeat(ServedKeys.KEY_BYTES_MAX / 6 + 1);
        String threeLong = Messages.INTERACTION
                .replace("\"c\"", '"' + third + '"')
                .replace("\"p\"", '"' + third + '"')
                .replace("\"l\"", '"' + third + '"');
        assertThat(outcome(inserted(Collection.INTERACTIONS, threeLong))).isEqualTo("limit_exceeded");
    }

    @Test
    void readsLongNumbersAndNames() {
        String digits = "9".repeat(1_000_000);
        assertThat(outcome(inserted(Collection.ACCOUNTS, withUnknownField(digits))))
                .isEqualTo("ok");
        assertThat(outcome(inserted(Collection.ACCOUNTS, withUnknownField("0." + digits))))
                .isEqualTo("ok");
        assertThat(outcome(inserted(Collection.ACCOUNTS, withUnknownField("{\"" + digits + "\": 1}"))))
                .isEqualTo("ok");
        for (String number : new String[] {digits, digits + ".5", "1e" + digits}) {
            String interaction = Messages.INTERACTION.replace("\"segment\": 3", "\"segment\": " + number);
            assertThat(outcome(inserted(Collection.INTERACTIONS, interaction))).isEqualTo("out_of_range");
        }
        assertThat(outcome(inserted(Collection.TEAMS, Messages.TEAM.replace("\"t\"", digits))))
                .isEqualTo("out_of_range");
    }

    @Test
    void readsNamesMadeToCollide() {
        StringBuilder fields = new StringBuilder("{");
        for (int i = 0; i < 4096; i++) {
            // "Aa" and "BB" have one hash code, and so have all words of them.
            for (int bit = 0; bit < 12; bit++) {
                fields.append(bit == 0 ? "\"" : "").append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            fields.append("\": 1, ");
        }
        assertThat(outcome(inserted(Collection.ACCOUNTS, withUnknownField(fields + "\"z\": 1}"))))
                .isEqualTo("ok");
        String envelope =
                Messages.value("c", ACCOUNT).replace("\"before\"", "\"x\":" + fields + "\"z\": 1},\"before\"");
        assertThat(outcome(Messages.decode(Collection.ACCOUNTS, Messages.key("1"), envelope)))
                .isEqualTo("ok");
    }
}
