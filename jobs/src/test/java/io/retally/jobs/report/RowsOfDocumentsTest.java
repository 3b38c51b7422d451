package io.retally.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Origin;
import io.retally.core.document.Program;
import io.retally.core.document.Verb;
import io.retally.jobs.repprogress.DocumentChange;
import io.retally.oracle.SourceTable;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The changelogs that reports read: complete, with the columns of the contract's documents. */
class RowsOfDocumentsTest {

    private static final Lesson INTRO = new Lesson("intro", "Intro", 60, true, List.of("q1"));
    private static final Lesson PRICES = new Lesson("prices", "Prices", 30, false, List.of());

    private final DocumentTable table;
    private final KeyedOneInputStreamOperatorTestHarness<String, DocumentChange, RowData> operator;

    RowsOfDocumentsTest() throws Exception {
        this(DocumentTable.LESSON);
    }

    private RowsOfDocumentsTest(DocumentTable table) throws Exception {
        this.table = table;
        operator = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new RowsOfDocuments(table)), DocumentChange::key, Types.STRING);
        operator.open();
    }

    /** What one change passes on: kind, then each value. */
    private List<String> after(Origin origin, String id, @Nullable Document document) throws Exception {
        operator.getOutput().clear();
        operator.processElement(DocumentChange.whole(table.collection(), id, origin, document), 0);
        return operator.extractOutputValues().stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @EnumSource
    void hasTheColumnsOfTheContract(DocumentTable each) {
        RowType row = (RowType) each.rowType().getLogicalType();
        assertThat(row.getFieldNames())
                .containsExactlyElementsOf(SourceTable.valueOf(each.name()).columns());
        assertThat(row.getFieldNames().subList(0, each.primaryKey().size())).isEqualTo(each.primaryKey());
    }

    @Test
    void aLessonThatChangesOrGoesIsToldAndTheOthersAreNot() throws Exception {
        assertThat(after(Origin.LIVE, "p", program(INTRO, PRICES)))
                .containsExactly("+I(p,intro,1,Intro,60,true,[q1])", "+I(p,prices,2,Prices,30,false,[])");
        assertThat(after(Origin.LIVE, "p", program(INTRO, PRICES))).isEmpty();
        Lesson longer = new Lesson("prices", "Prices", 45, false, List.of());
        assertThat(after(Origin.LIVE, "p", program(INTRO, longer)))
                .containsExactly("-U(p,prices,2,Prices,30,false,[])", "+U(p,prices,2,Prices,45,false,[])");
        assertThat(after(Origin.LIVE, "p", program(longer)))
                .containsExactly(
                        "-U(p,prices,2,Prices,45,false,[])",
                        "+U(p,prices,1,Prices,45,false,[])",
                        "-D(p,intro,1,Intro,60,true,[q1])");
        assertThat(after(Origin.LIVE, "p", null)).containsExactly("-D(p,prices,1,Prices,45,false,[])");
        assertThat(operator.numKeyedStateEntries())
                .as("that the live topic has spoken")
                .isEqualTo(1);
    }

    @Test
    void aBackfillIsNotHeardOnceTheLiveTopicHasSpoken() throws Exception {
        var contacts = new RowsOfDocumentsTest(DocumentTable.CONTACT);
        Contact ann = new Contact("c", "a", "Ann", null, null);
        assertThat(contacts.after(Origin.BACKFILL, "c", ann)).containsExactly("+I(c,a,null,Ann,null)");
        assertThat(contacts.after(Origin.LIVE, "c", null)).containsExactly("-D(c,a,null,Ann,null)");
        assertThat(contacts.after(Origin.BACKFILL, "c", ann)).isEmpty();
    }

    @Test
    void anAnswersChoiceIsAmongItsValuesAndServable() throws Exception {
        var interactions = new RowsOfDocumentsTest(DocumentTable.INTERACTION);
        interactions.after(Origin.LIVE, "i", answer("a"));
        assertThat(interactions.after(Origin.LIVE, "i", answer("b\u0000\ud800\ud83d\ude00")))
                .containsExactly(
                        "-U(i,a,c,p,l,question_answered,1970-01-01T00:00:00.005,null,q,a,true)",
                        "+U(i,a,c,p,l,question_answered,1970-01-01T00:00:00.005,null,q,b\uFFFD\uFFFD\ud83d\ude00,true)");
    }

    private static Program program(Lesson... lessons) {
        return new Program("p", "a", "Sales", "course", 80, List.of(lessons));
    }

    private static Interaction answer(String choice) {
        return new Interaction("i", "a", "c", "p", "l", Verb.QUESTION_ANSWERED, 5, null, "q", choice, true);
    }
}
