package io.retally.devkit.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void readsEveryOption() {
        assertThat(Settings.parse("--port", "27018", "--ring", "10", "--patience", "5"))
                .isEqualTo(new Settings(27018, 10, Duration.ofSeconds(5)));
        assertThat(Settings.parse()).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse("--prot", "1"))
                .withMessageContaining("--prot")
                .withMessageContaining("Usage");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse("--port"))
                .withMessageContaining("wants a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse("--port", "x"))
                .withMessageContaining("'x'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse("--port", "70000"))
                .withMessageContaining("65535");
    }
}
