package io.retally.bench.freshness;

import io.retally.bench.probe.Kind;
import io.retally.bench.result.Distribution;
import io.retally.bench.stack.BackgroundLoad;
import java.util.Map;

/**
 * Freshness under one load.
 *
 * @param share of the ingest limit that was asked for
 * @param changesPerSecond that were asked for
 * @param written by the background load
 * @param kinds from a probe's sending until it was seen in every table
 * @param tables that change by a probe of the kind
 */
record Freshness(
        double share,
        double changesPerSecond,
        BackgroundLoad.Written written,
        Map<Kind, Distribution> kinds,
        Map<Kind, Integer> tables) {

    Distribution of(Kind kind) {
        Distribution distribution = kinds.get(kind);
        if (distribution == null) {
            throw new IllegalStateException("no probe was a " + kind.label());
        }
        return distribution;
    }
}
