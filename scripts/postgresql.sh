#!/usr/bin/env bash
# Start a PostgreSQL server for tests: a new cluster in the temporary folder, on 127.0.0.1, port $1 (5432 without one),
# that trusts whoever asks. Never for anything but tests. It prints how to stop it.
set -euo pipefail
port=${1:-5432}
programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
folder=$(mktemp -d "${TMPDIR:-/tmp}/tongchou-postgresql-XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  chown postgres "$folder"
  as=(runuser -u postgres --)
fi
cd "$folder"
"${as[@]}" "$programs/initdb" -A trust -U postgres -E UTF8 --locale=C.UTF-8 -D "$folder/data" >/dev/null
"${as[@]}" "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
  -o "-p $port -c listen_addresses=127.0.0.1 -k $folder" start >/dev/null
"${as[@]}" "$programs/createdb" -h 127.0.0.1 -p "$port" -U postgres test
echo "${as[*]} $programs/pg_ctl -D $folder/data stop"
