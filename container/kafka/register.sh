#!/usr/bin/env bash
# Registers the connector with the settings that production has. What was registered before is replaced; its place in the
# oplog is kept under its name, so that it goes on from there.
set -euo pipefail
connectors=http://connect:8083/connectors
curl -sS -o /dev/null -X DELETE "$connectors/retally-mongodb"
# Refused while the worker still takes the deletion in.
curl -fsS --retry 20 --retry-delay 1 --retry-all-errors -H 'Content-Type: application/json' \
  --data @/etc/retally/mongodb-source.json "$connectors"
