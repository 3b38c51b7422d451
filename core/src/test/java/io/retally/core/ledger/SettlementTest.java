package io.retally.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Document;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Settling step by step, all at once, and the remaining documents alone from nothing: the same tables, the same ledgers.
 * That the tables are the contract's is another test's matter, which asks the contract's SQL.
 */
class SettlementTest {

    private static final int TRIES = 300;
    private static int rows;

    @Property(tries = TRIES)
    void howChangesAreGroupedDoesNotMatter(@ForAll("logs") List<AnyChange> log) {
        InMemoryLedgers stepByStep = settledStepByStep(log);
        InMemoryLedgers atOnce = new InMemoryLedgers();
        log.forEach(change -> atOnce.change(change.collection(), change.id(), change.now()));
        atOnce.settle();
        assertAlike(stepByStep, atOnce);
        rows += stepByStep.tables().size();
    }

    @Property(tries = TRIES)
    void onlyWhatIsThereMatters(@ForAll("logs") List<AnyChange> log) {
        InMemoryLedgers stepByStep = settledStepByStep(log);
        InMemoryLedgers fromScratch = new InMemoryLedgers();
        for (Document document : stepByStep.documents()) {
            fromScratch.change(document.collection(), document.id(), document);
        }
        fromScratch.settle();
        assertAlike(stepByStep, fromScratch);
    }

    @Property(tries = TRIES)
    void nothingIsLeftOfWhatIsGone(@ForAll("logs") List<AnyChange> log, @ForAll boolean oneByOne) {
        InMemoryLedgers ledgers = settledStepByStep(log);
        for (Document document : List.copyOf(ledgers.documents())) {
            ledgers.change(document.collection(), document.id(), null);
            if (oneByOne) {
                ledgers.settle();
            }
        }
        ledgers.settle();
        assertThat(ledgers.ledgers()).isEmpty();
        assertThat(ledgers.tables().isEmpty()).isTrue();
    }

    @Property(tries = 100)
    void toSettleAgainChangesNothing(@ForAll("logs") List<AnyChange> log) {
        InMemoryLedgers ledgers = settledStepByStep(log);
        for (Document document : List.copyOf(ledgers.documents())) {
            ledgers.change(document.collection(), document.id(), document);
        }
        // The tables refuse a row that they have.
        ledgers.settle();
        assertAlike(ledgers, settledStepByStep(log));
    }

    @AfterContainer
    static void theLogsLeftSomethingToCompare() {
        assertThat(rows).as("rows of all logs").isGreaterThan(TRIES * 10);
    }

    private static InMemoryLedgers settledStepByStep(List<AnyChange> log) {
        InMemoryLedgers ledgers = new InMemoryLedgers();
        log.forEach(change -> change.applyTo(ledgers));
        ledgers.settle();
        return ledgers;
    }

    private static void assertAlike(InMemoryLedgers left, InMemoryLedgers right) {
        assertThat(left.tables().rows()).isEqualTo(right.tables().rows());
        assertThat(left.ledgers()).isEqualTo(right.ledgers());
    }

    @Provide
    Arbitrary<List<AnyChange>> logs() {
        return AnyChange.log();
    }
}
