#!/usr/bin/env bash
# The topics that the connector does not make: dead letters, and one a collection for backfill. Those that exist stay.
set -euo pipefail
topic() { # topic NAME SETTING...
  local name=$1 setting settings=()
  shift
  for setting in "$@"; do settings+=(--config "$setting"); done
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 --create --if-not-exists --topic "$name" --partitions 4 \
    --replication-factor 1 "${settings[@]}"
}
# Dead letters hold what people wrote, and nobody needs them for ever: 30 days, dropped by segments of a day.
topic retally.dead-letters retention.ms=2592000000 segment.ms=86400000
# A rebuild reads the logs from their beginnings.
for collection in accounts teams contacts programs enrollments interactions; do
  topic "retally.backfill.$collection" retention.ms=-1 cleanup.policy=delete
done
