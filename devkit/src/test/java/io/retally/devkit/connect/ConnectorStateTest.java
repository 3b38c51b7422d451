package io.retally.devkit.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectorStateTest {
    @Test
    void theCauseIsTheInnermostException() {
        assertThat(failed("""
                        org.apache.kafka.connect.errors.ConnectException: Unrecoverable exception trying to send
                        \tat org.apache.kafka.connect.runtime.WorkerSourceTask.producerSendFailed(WorkerSourceTask.java:172)
                        Caused by: java.lang.IllegalStateException: outer
                        \tat A.a(A.java:1)
                        Caused by: org.apache.kafka.common.errors.RecordTooLargeException: too large
                        \t... 12 more
                        """).cause()).isEqualTo("org.apache.kafka.common.errors.RecordTooLargeException: too large");
    }

    @Test
    void anExceptionWithoutCauseIsItself() {
        assertThat(failed("java.io.IOException: gone\n\tat A.a(A.java:1)\n").cause())
                .isEqualTo("java.io.IOException: gone");
        assertThat(failed("").cause()).isEqualTo("it does not say why");
    }

    private static ConnectorState failed(String trace) {
        return new ConnectorState("RUNNING", "FAILED", trace);
    }
}
