package io.retally.devkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final List<FaultKind> ALL = List.of(FaultKind.values());

    @Test
    void aSeedMeansTheSameEachTimeAndAnotherSeedSomethingElse() {
        assertThat(Schedule.of(7, 10, ALL)).isEqualTo(Schedule.of(7, 10, ALL)).isNotEqualTo(Schedule.of(8, 10, ALL));
    }

    @Test
    void aFaultComesAtLeastEveryFiveSeconds() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(Schedule.of(seed, 10, ALL).faults()).as("seed %d", seed).isGreaterThan(10 * 60 / 5);
        }
    }

    @Test
    void everyKindComesInTwentyMinutesAndLastsAsLongAsItMay() {
        for (long seed = 0; seed < 20; seed++) {
            List<Schedule.Fault> storms = Schedule.of(seed, 20, ALL).rounds().stream()
                    .flatMap(round -> round.storm().stream())
                    .toList();
            assertThat(storms)
                    .as("seed %d", seed)
                    .extracting(Schedule.Fault::kind)
                    .containsAll(ALL);
            assertThat(storms)
                    .allSatisfy(fault -> assertThat(fault.lastsMillis())
                            .isBetween((long) fault.kind().shortestMillis(), (long)
                                    fault.kind().longestMillis()));
        }
    }

    @Test
    void tenMinutesKillEachPartSinglyAsOftenAsAnyOther() {
        for (long seed = 0; seed < 20; seed++) {
            List<Schedule.Round> rounds = Schedule.of(seed, 10, ALL).rounds();
            assertThat(rounds)
                    .as("seed %d", seed)
                    .hasSize(5)
                    .allSatisfy(round -> assertThat(round.kills()).hasSize(2));
            for (FaultKind kill : ALL.stream().filter(FaultKind::isKill).toList()) {
                assertThat(rounds)
                        .as("seed %d", seed)
                        .flatExtracting(Schedule.Round::kills)
                        .filteredOn(kill::equals)
                        .hasSize(2);
            }
        }
    }

    @Test
    void onlyWhatIsAskedForComes() {
        List<FaultKind> asked = List.of(FaultKind.CUT_KAFKA, FaultKind.KILL_KAFKA);
        assertThat(Schedule.of(1, 2, asked).rounds())
                .flatExtracting(Schedule.Round::storm)
                .extracting(Schedule.Fault::kind)
                .containsOnly(FaultKind.CUT_KAFKA, FaultKind.KILL_KAFKA);
        assertThat(Schedule.of(1, 2, asked).rounds().get(0).kills()).containsExactly(FaultKind.KILL_KAFKA);
    }
}
