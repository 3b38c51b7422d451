package io.retally.jobs.assignments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The job's graph, as {@code main} defines it: what operators of a cluster read, and what savepoints hang on. */
class LessonAssignmentsTopologyTest {

    private static StreamGraph graph(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        LessonAssignmentsJob.define(env, LessonAssignmentsConfig.parse("--kafka.bootstrap", "localhost:9092"));
        return env.getStreamGraph();
    }

    @Test
    void everyOperatorHasItsNameAsItsUidAndADescription() {
        assertThat(graph(2).getStreamNodes())
                .allSatisfy(node -> {
                    assertThat(node.getTransformationUID()).isEqualTo(name(node));
                    assertThat(node.getOperatorDescription()).startsWith(name(node) + ": ");
                })
                .extracting(LessonAssignmentsTopologyTest::name)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Operators.values()).map(Operators::id).toList());
    }

    /** Flink puts its own prefix before a source's name, and its own suffix behind a sink's. */
    private static String name(StreamNode node) {
        return node.getOperatorName().replaceFirst("^Source: ", "").replaceFirst(": Writer$", "");
    }

    /** What one subtask decides one writer writes, in its order. */
    @Test
    void theSinkIsChainedToTheDecisions() {
        Set<String> chains = StreamSupport.stream(
                        graph(2).getJobGraph().getVertices().spliterator(), false)
                .map(JobVertex::getName)
                .map(name -> name.replace(Operators.JOB + ".", ""))
                .collect(Collectors.toSet());
        assertThat(chains)
                .containsExactlyInAnyOrder(
                        "Source: read-changes -> decode-changes",
                        "Source: read-rules -> decode-rules",
                        "differentiate-documents",
                        "keep-ledgers -> select-lesson-rows",
                        "decide-assignments -> write-assignments: Writer",
                        "write-dead-letters");
    }

    @Test
    void whatMustBeOneIsOne() {
        List<String> alone = graph(2).getStreamNodes().stream()
                .filter(node -> node.getParallelism() == 1)
                .map(StreamNode::getOperatorName)
                .toList();
        assertThat(alone).containsExactly(Operators.WRITE_DEAD_LETTERS.id());
    }

    @Test
    void keyGroupsAreTheSameAtEveryParallelism() {
        for (int parallelism : new int[] {1, 86, 128}) {
            assertThat(graph(parallelism).getJobGraph().getVerticesAsArray())
                    .filteredOn(vertex -> vertex.getParallelism() == parallelism && vertex.getMaxParallelism() != 1)
                    .as("parallelism %d", parallelism)
                    .isNotEmpty()
                    .allMatch(vertex -> vertex.getMaxParallelism() == 128);
        }
    }
}
