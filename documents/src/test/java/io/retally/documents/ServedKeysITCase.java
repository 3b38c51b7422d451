package io.retally.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The limits of served keys are such that PostgreSQL takes what is within them, even if it cannot be compressed. */
class ServedKeysITCase {

    @Test
    void postgresqlIndexesTheLongestKeys() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Connection connection = postgres.getPostgresDatabase().getConnection()) {
            Migrations.migrate(postgres.getPostgresDatabase());
            String third = random(ServedKeys.KEY_BYTES_MAX / 3);
            String half = random(ServedKeys.ID_BYTES_MAX);
            try (PreparedStatement segment = connection.prepareStatement(
                            "insert into serving.lesson_segment values (?, ?, 1, 'a', 1, 1)");
                    PreparedStatement question = connection.prepareStatement(
                            "insert into serving.question_stats values (?, ?, ?, 'a', 1, 1, 1, 1)");
                    PreparedStatement day = connection.prepareStatement(
                            "insert into serving.team_day values (?, ?, date '2026-01-01', 'a', 1, 1, 1, 1, 1, 1, 1)")) {
                segment.setString(1, half);
                segment.setString(2, half);
                question.setString(1, third);
                question.setString(2, third);
                question.setString(3, third);
                day.setString(1, half);
                day.setString(2, half);
                assertThat(segment.executeUpdate()).isEqualTo(1);
                assertThat(question.executeUpdate()).isEqualTo(1);
                assertThat(day.executeUpdate()).isEqualTo(1);
            }
        }
    }

    private static String random(int length) {
        return new Random(1)
                .ints(length, 'A', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
