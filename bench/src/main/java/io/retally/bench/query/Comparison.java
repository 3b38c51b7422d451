package io.retally.bench.query;

import io.retally.bench.result.Steps;
import io.retally.bench.stack.BenchStack;
import io.retally.devkit.stack.StackDir;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The peers, one after the other, each alone, over the documents in the stack's logs. Nothing is written meanwhile. */
final class Comparison {
    /** All there are, in the order in which they are asked. */
    static final List<String> PEERS = List.of(Peers.POSTGRES, MariaDbPeer.NAME, Peers.DUCKDB);

    private final BenchStack stack;
    private final @Nullable List<String> only;
    private final int runs;
    private final Steps steps;

    /**
     * A comparison that has not begun.
     *
     * @param only the names of those that are wanted; null: all
     * @param runs how often each is asked each question once its answer was compared
     */
    Comparison(BenchStack stack, @Nullable List<String> only, int runs, Steps steps) {
        this.stack = stack;
        this.only = only;
        this.runs = runs;
        this.steps = steps;
    }

    /** Throws if a peer's answer differs from ours. */
    List<Trial.Taken> with(List<Served.Told> ours) throws Exception {
        boolean withMariaDb = isWanted(MariaDbPeer.NAME) && MariaDbServer.isInstalled();
        if (isWanted(MariaDbPeer.NAME) && !withMariaDb) {
            steps.say("MariaDB is left out: it is not installed (Debian: apt-get install mariadb-server)");
        }
        List<Trial.Taken> taken = new ArrayList<>();
        if (!withMariaDb && !isWanted(Peers.POSTGRES) && !isWanted(Peers.DUCKDB)) {
            return taken;
        }
        Path own = stack.dir().root().resolve("query");
        Path exported = own.resolve("documents");
        try {
            steps.say("reading the documents from the logs");
            try (RawDocuments documents = RawDocuments.read(stack.endpoints())) {
                documents.export(exported);
                if (isWanted(Peers.POSTGRES)) {
                    steps.say("PostgreSQL, over the documents");
                    try (Peer peer = Peers.postgres(documents)) {
                        taken.add(Trial.run(peer, ours, runs, steps));
                    }
                }
            }
            if (withMariaDb) {
                steps.say("MariaDB, over the documents");
                try (Peer peer = MariaDbPeer.start(own.resolve("mariadb"), exported)) {
                    taken.add(Trial.run(peer, ours, runs, steps));
                }
            }
            if (isWanted(Peers.DUCKDB)) {
                steps.say("DuckDB, over the documents");
                try (Peer peer = Peers.duckDb(own.resolve("duckdb"), exported)) {
                    taken.add(Trial.run(peer, ours, runs, steps));
                }
            }
            return taken;
        } finally {
            StackDir.removeTree(own);
        }
    }

    private boolean isWanted(String peer) {
        return only == null || only.contains(peer);
    }
}
