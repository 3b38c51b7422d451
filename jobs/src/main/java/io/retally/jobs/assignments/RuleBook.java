package io.retally.jobs.assignments;

import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.AssignmentRuleCodec;
import io.retally.core.assignment.LessonStanding;
import io.retally.jobs.types.CodecType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The rules, on every subtask, and which of them have changed since all lessons were last decided. When state is written, all
 * lessons are decided by the rules in it.
 */
final class RuleBook {

    static final MapStateDescriptor<String, AssignmentRule> RULES = new MapStateDescriptor<>(
            "rules", Types.STRING, CodecType.of(AssignmentRule.class, AssignmentRuleCodec.class));

    private record Scope(String accountId, String programId) {}

    private final BroadcastState<String, AssignmentRule> state;
    private final Map<Scope, Map<String, AssignmentRule>> rules = new HashMap<>();

    /** What changed rules were, and what they are. */
    private final List<AssignmentRule> changed = new ArrayList<>();

    RuleBook(OperatorStateStore store) throws Exception {
        state = store.getBroadcastState(RULES);
        state.immutableEntries().forEach(entry -> add(entry.getValue()));
    }

    void change(RuleChange change) throws Exception {
        AssignmentRule before = state.get(change.id());
        AssignmentRule now = change.rule();
        if (Objects.equals(before, now)) {
            return;
        }
        if (before != null) {
            remove(before);
            changed.add(before);
        }
        if (now == null) {
            state.remove(change.id());
        } else {
            state.put(change.id(), now);
            add(now);
            changed.add(now);
        }
    }

    private void add(AssignmentRule rule) {
        rules.computeIfAbsent(new Scope(rule.accountId(), rule.programId()), scope -> new HashMap<>())
                .put(rule.id(), rule);
    }

    private void remove(AssignmentRule rule) {
        rules.computeIfPresent(new Scope(rule.accountId(), rule.programId()), (scope, ofScope) -> {
            ofScope.remove(rule.id());
            return nullIfEmpty(ofScope);
        });
    }

    private static @Nullable Map<String, AssignmentRule> nullIfEmpty(Map<String, AssignmentRule> rules) {
        return rules.isEmpty() ? null : rules;
    }

    /** The rules that may be about the lesson, and all that are. */
    Collection<AssignmentRule> about(LessonStanding standing) {
        return rules.getOrDefault(new Scope(standing.accountId(), standing.programId()), Map.of())
                .values();
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    /** Whether a changed rule is, or was, about the lesson. */
    boolean isChangedFor(LessonStanding standing) {
        return changed.stream().anyMatch(rule -> rule.isAbout(standing));
    }

    /** All lessons are decided by the rules as they are now. */
    void settle() {
        changed.clear();
    }
}
