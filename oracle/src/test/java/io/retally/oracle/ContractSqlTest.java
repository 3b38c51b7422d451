package io.retally.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ContractSqlTest {

    @Test
    void carriedFilesAreTheContractsByteForByte() throws IOException {
        Optional<Path> contract = givenContract();
        Assumptions.assumeTrue(
                contract.isPresent(),
                "no folder shared/contract beside the checkout; -Dretally.contract=FOLDER names one");
        Path folder = contract.get();
        assertThat(ContractSql.source()).isEqualTo(Files.readString(folder.resolve("source.sql")));
        assertThat(ContractSql.serving()).isEqualTo(Files.readString(folder.resolve("serving.sql")));
    }

    @Test
    void servedTablesAreInTheFilesOrder() {
        assertThat(ContractSql.servedTables())
                .containsExactly(
                        "rep_lesson",
                        "rep_program",
                        "program_summary",
                        "team_program",
                        "program_due",
                        "lesson_funnel",
                        "lesson_segment",
                        "question_stats",
                        "program_day",
                        "team_day",
                        "account",
                        "team",
                        "contact",
                        "program",
                        "lesson");
    }

    private static Optional<Path> givenContract() {
        String named = System.getProperty("retally.contract");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (@Nullable Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path contract = folder.resolve("shared").resolve("contract");
            if (Files.exists(contract.resolve("serving.sql"))) {
                return Optional.of(contract);
            }
        }
        return Optional.empty();
    }
}
