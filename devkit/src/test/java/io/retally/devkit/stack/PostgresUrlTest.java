package io.retally.devkit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresUrlTest {

    @Test
    void textAndBack() {
        PostgresUrl url = new PostgresUrl("o:wner", "p@ss:w/rd%+ \\", "127.0.0.1", 5433, "re ports");
        assertThat(PostgresUrl.parse(url.text())).isEqualTo(url);
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://127.0.0.1:5433/re%20ports");
        assertThat(url.pgpassLine()).isEqualTo("127.0.0.1:5433:re ports:o\\:wner:p@ss\\:w/rd%+ \\\\");
    }

    @Test
    void showsNoPassword() {
        assertThat(PostgresUrl.parse("postgres://u:secret@h/db")).hasToString("postgresql://u@h:5432/db");
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://u:p@h/d, must begin with postgresql://",
        "postgresql://h/d, must have user:password@ before the host",
        "postgresql://u@h/d, must have user:password@ before the host",
        "postgresql://u:p@h, must name a database",
        "postgresql:///d, has no host",
        "postgresql://u:p@h/d?ssl=true, may not have parameters",
        "postgresql://u:p w@h/d, is no URL",
        "postgresql://u:p%zzw@h/d, is no URL",
        "postgresql://u:p@[::1/d, is no URL",
        "postgresql://u:p@h:port/d, has no host",
        "postgresql://u:p@h:0/d, has no port from 1 to 65535",
        "postgresql://u:p@h:65536/d, has no port from 1 to 65535",
        "postgresql://u:p@h:99999999999/d, has no host",
        "postgresql://u:p%00w@h/d, may not have control characters",
        "postgresql://u:p%0Aw@h/d, may not have control characters",
        "postgresql://u:p@h/d%0D, may not have control characters",
    })
    void saysWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresUrl.parse(text))
                .withMessageContaining(message)
                .withMessageNotContaining("p w");
    }
}
