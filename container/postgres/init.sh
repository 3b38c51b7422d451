#!/usr/bin/env bash
# The logins of an empty database, by sql/production/roles.sql. Their passwords come from files, over standard input: no
# argument shows them, and the server does not log statements.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f /etc/retally/roles.sql
for login in owner publisher reader; do
  printf "alter role retally_%s password '%s';\n" "$login" "$(cat "/run/secrets/postgres-$login-password")"
done | psql -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB"
