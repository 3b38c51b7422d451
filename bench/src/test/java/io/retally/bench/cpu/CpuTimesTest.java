package io.retally.bench.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.bench.cpu.ThreadCpu.JvmThread;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuTimesTest {
    @Test
    void aProcessHasItsOwnTimeAndThatOfEndedChildren() {
        // Fields 14 to 17 of proc(5): utime 120, stime 30, cutime 40, cstime 10, in hundredths of a second.
        String stat =
                "4711 (a name) with (odd) signs) S 1 4711 4711 0 -1 4194560 100 200 3 4 120 30 40 10 20 0 9 0 123\n";
        assertThat(ProcessCpu.parse(stat)).isEqualTo(Duration.ofSeconds(2));
    }

    private static final String SAID = """
            4711:
            2026-01-01 00:00:00
            Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):

            "main" #1 prio=5 os_prio=0 cpu=%s elapsed=9.10s tid=0x00007f01 nid=0x10 waiting on condition  [0x00007f02]
               java.lang.Thread.State: TIMED_WAITING (sleeping)
            "Source: rep-progress.read-changes -> rep-progress.decode-changes (1/2)#0" #90 prio=5 os_prio=0 cpu=1500.50ms elapsed=5.0s tid=0x00007f03 nid=0x11 runnable  [0x00007f04]
            "Source: rep-progress.read-changes -> rep-progress.decode-changes (2/2)#0" #91 prio=5 os_prio=0 cpu=499.50ms elapsed=5.0s tid=0x00007f05 nid=0x12 runnable  [0x00007f06]
            "Source Data Fetcher for Source: rep-progress.read-changes -> rep-progress.decode-changes (1/2)#0" #92 prio=5 os_prio=0 cpu=70.00ms elapsed=5.0s tid=0x00007f07 nid=0x13 runnable
            "C2 CompilerThread0" #6 daemon prio=9 os_prio=0 cpu=30.00ms elapsed=9.0s tid=0x00007f08 nid=0x14 waiting on condition
            "G1 Conc#0" os_prio=0 cpu=8.00ms elapsed=9.0s tid=0x00007f09 nid=0x15 runnable
            "VM Thread" os_prio=0 cpu=2.00ms elapsed=9.0s tid=0x00007f10 nid=0x16 runnable
            """;

    @Test
    void threadsAreSummedByStageSinceTheBeginning() {
        ThreadCpu begin = new ThreadCpu(Map.of(new JvmThread("main", "0x10"), Duration.ofMillis(100)));
        ThreadCpu end = ThreadCpu.parse(SAID.formatted("140.25ms"));
        assertThat(end.stagesSince(begin))
                .isEqualTo(Map.of(
                        "read-changes -> decode-changes", Duration.ofSeconds(2),
                        "fetch from Kafka", Duration.ofMillis(70),
                        "just-in-time compiler", Duration.ofMillis(30),
                        "garbage collection", Duration.ofMillis(10),
                        "other threads of Java", Duration.ofNanos(40_250_000)));
    }

    /** Against the real jcmd: the form of its lines is that of the JDK at hand. */
    @Test
    void theJdkTellsOfThisProcess() throws Exception {
        ThreadCpu here = ThreadCpu.of(ProcessHandle.current().pid());
        assertThat(here.threads().keySet()).extracting(JvmThread::name).contains("main", "VM Thread");
    }
}
