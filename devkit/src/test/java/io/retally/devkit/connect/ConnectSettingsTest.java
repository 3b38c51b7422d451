package io.retally.devkit.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectSettingsTest {

    @TempDir
    Path directory;

    @Test
    void writesWhatTheWorkerReads() throws IOException {
        Path file = directory.resolve("connect.properties");
        var settings = new ConnectSettings("127.0.0.1:9092", 8083);
        settings.writeTo(file);

        Properties read = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            read.load(reader);
        }
        assertThat(read)
                .containsAllEntriesOf(settings.toMap())
                .containsEntry("bootstrap.servers", "127.0.0.1:9092")
                .containsEntry("listeners", "http://127.0.0.1:8083");
    }

    @Test
    void theConnectorHasNoSecretOfItsOwn() throws IOException {
        var connector = ConnectorSettings.read(Path.of("connector/mongodb-source.json"));
        assertThat(connector.name()).isEqualTo("retally-mongodb");
        assertThat(connector.config())
                .contains("\"mongodb.connection.string\":\"${env:" + ConnectSettings.MONGODB_URI + "}\"")
                .doesNotContain("password");
    }

    @Test
    void refusesAFileThatIsNoConnector() throws IOException {
        Path file = Files.writeString(directory.resolve("x.json"), "{\"config\": {}}");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ConnectorSettings.read(file))
                .withMessageContaining("needs a \"name\"");
    }
}
